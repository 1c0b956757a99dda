import type { Properties } from "../../protocol/support/struct";

/** A resource in the engine's checkpoint. */
export interface ResourceState {
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Why its last operation failed partially; a refresh clears it. */
  readonly initErrors?: readonly string[];
  readonly taint?: true;
  /** It is still to be deleted, and its replacement exists. */
  readonly delete?: true;
  /** It was deleted, and its replacement does not exist yet. */
  readonly pendingReplacement?: true;
}

/** An operation that a run has started and not finished. */
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
