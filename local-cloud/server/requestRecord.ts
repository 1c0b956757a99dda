import type { FaultKind } from "../faults/fault";

/** A request as it is logged. It holds no secret. */
export interface RequestRecord {
  /** ISO 8601, UTC, by the clock of the cloud. */
  readonly time: string;
  /** The action's name, or the path of a request to the metadata service. */
  readonly action: string | null;
  /** The error's code, or the HTTP status unless it is 200; null for a success, or no answer. */
  readonly code: string | null;
  /** As in the answer. */
  readonly requestId: string;
  /** The task that the request has started, even if a fault keeps it out of the answer; or null. */
  readonly taskId: number | null;
  /** The kind of the fault that applied, or null. */
  readonly fault: FaultKind | null;
}
