import type { FaultKind } from "../faults/fault";

/** A logged request. It holds no secret. */
export interface RequestRecord {
  /** ISO 8601, UTC, by the clock of the cloud. */
  readonly time: string;
  /** The action's name, or the path of a request to the metadata service. */
  readonly action: string | null;
  /** The error code, or the HTTP status unless it is 200; null for a success or without a response. */
  readonly code: string | null;
  /** The id in the response. */
  readonly requestId: string;
  /** The task that the request has started, even if a fault removes it from the response; null if there is none. */
  readonly taskId: number | null;
  /** The kind of the fault that applied; null if there is none. */
  readonly fault: FaultKind | null;
}
