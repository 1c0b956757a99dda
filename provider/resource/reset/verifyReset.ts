import { sendAgain } from "../../tencentcloud/errors/advisingError";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import { type State, asSet, inDoubt, isPending } from "../contract/state";
import type { Operation } from "../operation/operation";
import { partialFailure } from "../operation/partialFailure";
import { tryPassword } from "../operation/tryPassword";
import { describeFailedReset } from "./describeFailedReset";

/**
 * Tries the password after a successful reset, if the program asks for it. Returns the state to record.
 *
 * @throws PartialFailure if the instance refuses the password, or if the user cancels the run before it is tried and
 * the reset has a task: the next `up` then verifies it
 */
export async function verifyReset(operation: Operation, done: State): Promise<State> {
  const { session, news, log, deadline } = operation;
  const result = await tryPassword(operation);
  if (result?.outcome === "refused") {
    const remedy = `check that verify names this instance, then ${sendAgain}`;
    const message = describeFailedReset("Verification", result.reason, done, remedy);
    throw partialFailure(operation, inDoubt(done, "the instance has refused the password"), message);
  }
  const pending: State = { ...done, status: "pending" };
  if (result?.outcome === "unknown" && deadline.clock.isCanceled?.() && isPending(pending)) {
    throw partialFailure(operation, pending, inSentences(interrupted, "run `pulumi up` to verify it"));
  }
  session.notes.onAccount(news).isReset = true;
  log.info(`the password was reset${done.taskId === undefined ? "" : ` (task ${done.taskId})`}`);
  return asSet(done);
}

const interrupted = "Verification was interrupted: the password was set, but not verified";
