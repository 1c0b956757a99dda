import { nameAccount } from "../contract/accountIdentity";
import type { InstanceTasks } from "../../tencentcloud/redis/instanceTaskReader";
import type { TaskInfo } from "../../tencentcloud/redis/describeTaskInfo";
import type { Account } from "../../tencentcloud/redis/describeInstanceAccount";
import { lostAndThen } from "../../tencentcloud/redis/lostAnswer";
import { requireAccount } from "../../tencentcloud/redis/toAccountChange";
import { type AcceptedReset, resetPassword } from "../../tencentcloud/redis/resetPassword";
import { adviseNextUp, resumeWaiting, sendAgain, summarize, waitAgain } from "../../tencentcloud/errors/advisingError";
import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import { isTaskError, isTaskUnknownError, wasNotSent } from "../../tencentcloud/errors/errors";
import { classify } from "../../tencentcloud/errors/classify";
import { throwIfCanceled } from "../../tencentcloud/retry/deadline";
import { newestEndedId } from "../drift/baseline";
import { isOtherTaskError, waitUntilIdle } from "../run/otherTasks";
import { isPartialFailure, partialFailure } from "../run/partialFailure";
import { proveWithoutTask } from "./proveWithoutTask";
import { type Run, lookUpOwner, requirePassword, withoutIgnoring } from "../run/run";
import { resetFailed } from "./resetFailed";
import { settle } from "./settle";
import {
  type PendingState,
  type ResetState,
  type State,
  asSet,
  doubtReason,
  inDoubt,
  recordSent,
} from "../contract/state";
import { tryPassword } from "../run/tryPassword";
import { isOver, waitForEnd, waitForPending } from "./waitForReset";

/** Resets the password of a resource that is not recorded yet. */
export const resetOnCreate = (run: Run): Promise<State> =>
  sendReset(run, { ...recordSent(run.news), status: "failed" });

/** Resets the password of a recorded resource whose last reset has ended, whatever its result. */
export const resetOnUpdate = (run: Run, olds: State): Promise<State> => sendReset(run, olds);

/** Resets to another password once the pending reset has ended, whatever its result. */
export async function resetAfterPendingTask(run: Run, olds: PendingState): Promise<State> {
  await waitForPending(run, olds).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  return sendReset(run, olds);
}

/** Resumes waiting for the reset of an earlier run. If that reset failed, the password is sent again. */
export async function resumeReset(run: Run, olds: PendingState): Promise<State> {
  let task: TaskInfo;
  try {
    task = await waitForPending(run, olds);
  } catch (error) {
    if (!isOver(error)) throw error;
    run.log.info(sentAgain(isTaskUnknownError(error) ? error.reason : summarize(error)));
    run.mayResend = false;
    return sendReset(run, olds);
  }
  return finish(run, await settle(run, olds, task, { isResumed: true }));
}

/**
 * Sends the password, and waits until it is set. A lost response is recorded, too, since either password may be set.
 */
async function sendReset(run: Run, olds: State): Promise<State> {
  const { session, news, action, client, instanceId, account: name, deadline } = run;
  const password = requirePassword(run);
  // A reset that leaves password-free mode may get no task. Only the tasks before it show which one is its own.
  const mayHaveNoTask = olds.isPasswordFree ?? session.notes.onInstance(news).isPasswordFree;
  const tasks = await waitUntilIdle(run, wasNotSent(action), mayHaveNoTask).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    throw new Error(inSentences(`${action} was not sent: ${error.message}`, waitAgain));
  });
  // Read just before the request, which sends the account's other fields back unchanged.
  const account = name === undefined ? undefined : await requireAccount(client, instanceId, name, deadline);
  const notes = session.notes.onAccount(news);
  if (notes.isContested) {
    const what = nameAccount({ instanceId, account: name });
    throw new Error(`${action} was not sent: another resource of this program has ${what}. Keep one of them.`);
  }
  notes.isSent = true;
  let accepted: AcceptedReset;
  try {
    accepted = await resetPassword(client, { instanceId, account, password }, deadline);
  } catch (error) {
    throw recordIfAmbiguous(run, olds, error);
  }
  return afterAcceptance(run, olds, { tasks, account }, accepted);
}

/**
 * Returns the error to throw for a reset without a response. Nothing is recorded unless the reset may have been carried
 * out.
 */
function recordIfAmbiguous(run: Run, olds: State, error: unknown): unknown {
  if (!classify(error).mayBeDone) return error;
  const state = inDoubt(olds, "the last reset may not have been carried out");
  return partialFailure(run, state, adviseNextUp(error, sendAgain));
}

/** What was read just before a reset was sent. */
interface Before {
  readonly tasks: InstanceTasks | undefined;
  /** Absent for the default account. */
  readonly account: Account | undefined;
}

/**
 * Waits until an accepted reset is done. After any failure from here on, the reset is recorded, unless its task has
 * failed: then nothing was changed.
 */
async function afterAcceptance(run: Run, olds: State, before: Before, accepted: AcceptedReset): Promise<State> {
  lookUpOwner(run, olds);
  const pending: ResetState = {
    ...recordSent(run.news, olds),
    ...(accepted.taskId !== undefined && { taskId: accepted.taskId }),
    requestId: accepted.requestId,
    resetAt: new Date(accepted.acceptedAtMs).toISOString(),
    ...newestBefore(olds, before.tasks),
    status: "pending",
  };
  try {
    if (accepted.taskId === undefined) {
      return await finish(run, await proveWithoutTask(run, olds, pending, before.account));
    }
    const ours: PendingState = { ...pending, taskId: accepted.taskId };
    const { acceptedAtMs } = accepted;
    const task = await waitForEnd(run, ours, before.tasks?.answeredAtMs);
    const notes = run.session.notes.onInstance(run.news);
    notes.endedTaskIds = [...(notes.endedTaskIds ?? []), ours.taskId];
    return await finish(run, await settle(run, ours, task, { acceptedAtMs }));
  } catch (error) {
    if (isPartialFailure(error)) throw error;
    if (isTaskError(error))
      throw accepted.lost ? recordIfAmbiguous(run, olds, lostAndThen(run.action, accepted.lost, error)) : error;
    if (isTaskUnknownError(error)) return resend(run, inDoubt(pending, error.reason));
    // Only a task can be waited for.
    const remedy = accepted.taskId === undefined ? sendAgain : resumeWaiting;
    throw partialFailure(run, pending, adviseNextUp(error, remedy));
  }
}

/** Returns the newest task that had ended before the reset was sent, if known. */
function newestBefore(olds: State, tasks: InstanceTasks | undefined): Pick<State, "newestTaskId"> {
  const newestTaskId = tasks?.finished ? newestEndedId(tasks.finished) : olds.newestTaskId;
  return newestTaskId === undefined ? {} : { newestTaskId };
}

/** Sends the password again if another one may be set. */
const finish = (run: Run, state: State): Promise<State> =>
  state.status === "done" ? verifyReset(run, state) : resend(run, state);

/** Sends the password again, at most once in a run. */
async function resend(run: Run, state: State): Promise<State> {
  const reason = doubtReason(state);
  const { session, news, log } = run;
  if (run.password === undefined) {
    throw partialFailure(run, state, inSentences(`${run.action} was not sent: ${reason}`, withoutIgnoring));
  }
  if (!run.mayResend) throw partialFailure(run, state, resetFailed(run.action, reason, state));
  run.mayResend = false;
  if (state.isPasswordFree) session.notes.onInstance(news).isPasswordFree = true;
  log.info(sentAgain(reason));
  return sendReset(run, state).catch((error: unknown) => {
    // The first reset has changed the password, even if the second one failed.
    throw isPartialFailure(error) ? error : partialFailure(run, state, errorMessage(error));
  });
}

/** Tries the password after a successful reset, if the program asks for it. */
async function verifyReset(run: Run, done: State): Promise<State> {
  const result = await tryPassword(run);
  // After an interruption, the next run verifies it.
  if (result?.outcome === "unknown") throwIfCanceled(run.deadline, "Verification was interrupted");
  if (result?.outcome !== "refused") {
    const { taskId } = done;
    run.session.notes.onAccount(run.news).isReset = true;
    run.log.info(`the password was reset${taskId === undefined ? "" : ` (task ${taskId})`}`);
    return asSet(done);
  }
  const message = resetFailed(
    "Verification",
    result.reason,
    done,
    `check that verify names this instance, then ${sendAgain}`,
  );
  throw partialFailure(run, inDoubt(done, "the instance has refused the password"), message);
}

const sentAgain = (reason: string): string => `${reason}; the password is sent again`;
