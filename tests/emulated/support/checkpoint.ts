import type { Properties } from "../../protocol/support/struct";

/** A resource, as the engine records it. */
export interface ResourceState {
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Why its last operation was a partial failure; a refresh forgets it. */
  readonly initErrors?: readonly string[];
  readonly taint?: true;
  /** Its replacement is there, it is still to be deleted. */
  readonly delete?: true;
  /** It was deleted, its replacement is still to come. */
  readonly pendingReplacement?: true;
}

/** What a run has begun and not ended. */
export interface PendingOperation {
  readonly name: string;
  readonly type: "creating" | "updating" | "deleting" | "reading";
}

/** The state of a stack. */
export interface Checkpoint {
  readonly resources: readonly ResourceState[];
  readonly pendingOperations: readonly PendingOperation[];
}

export const emptyCheckpoint: Checkpoint = { resources: [], pendingOperations: [] };
