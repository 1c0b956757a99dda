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

/**
 * Returns an error that fails the operation and has its state recorded. Leaves out the triggers that the program no
 * longer has: Pulumi would record them in plain text, even if they were secret.
 */
export function partialFailure(operation: Operation, state: State, reason: string): PartialFailure {
  const { triggers: current = {} } = operation.news;
  const kept = Object.entries({ ...state.triggers }).filter(([name]) => Object.hasOwn(current, name));
  return new PartialFailure(
    withOwner({ ...state, triggers: Object.fromEntries(kept) }, operation.ownerAccountId),
    reason,
  );
}
