import { hasName } from "../../tencentcloud/errors/errors";

import type { Operation } from "./operation";
import { type State, withOwner } from "../contract/state";

/** A reset was sent and has not succeeded: the state is recorded all the same, and the next `up` continues from it. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";

  constructor(
    readonly state: State,
    reason: string,
  ) {
    super(reason);
  }
}

export const isPartialFailure = (error: unknown): error is PartialFailure => hasName(error, "PartialFailure");

/** Returns an error that fails the operation and has its state recorded. */
export function partialFailure(operation: Operation, state: State, reason: string): PartialFailure {
  return new PartialFailure(withOwner(state, operation.ownerAccountId), reason);
}
