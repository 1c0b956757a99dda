import { hasName } from "../../tencentcloud/errors/errors";

import type { Operation } from "./operation";
import { type State, lastSentTriggers, withOwner, withTriggers } from "../contract/state";

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
 * longer has: Pulumi marks an output as secret as the program's input of the same name, so it would record them in plain
 * text, even if they were secret. They still count as sent.
 */
export function partialFailure(operation: Operation, state: State, reason: string): PartialFailure {
  const { triggers: current = {} } = operation.news;
  const kept = Object.entries({ ...state.triggers }).filter(([name]) => Object.hasOwn(current, name));
  const others = { ...state };
  delete others.sentTriggers;
  const recorded = { ...others, ...withTriggers(Object.fromEntries(kept), { ...lastSentTriggers(state) }) };
  return new PartialFailure(withOwner(recorded, operation.ownerAccountId), reason);
}
