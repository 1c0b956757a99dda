import { nameAccount } from "../contract/accountIdentity";
import type { InstanceTasks } from "../../tencentcloud/redis/instanceTaskReader";
import type { TaskInfo } from "../../tencentcloud/redis/describeTaskInfo";
import type { Account } from "../../tencentcloud/redis/describeInstanceAccount";
import { lostAndThen } from "../../tencentcloud/redis/lostAnswer";
import { requireAccount } from "../../tencentcloud/redis/toAccountChange";
import { type AcceptedReset, resetPassword } from "../../tencentcloud/redis/resetPassword";
import {
  AdvisingError,
  adviseNextUp,
  resumeWaiting,
  sendAgain,
  summarize,
  waitAgain,
} from "../../tencentcloud/errors/advisingError";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import { isTaskError, isTaskUnknownError, wasNotSent } from "../../tencentcloud/errors/errors";
import { classify } from "../../tencentcloud/errors/classify";
import { newestEndedId } from "../drift/baseline";
import { isOtherTaskError, waitUntilIdle } from "../operation/otherTasks";
import { isPartialFailure, partialFailure } from "../operation/partialFailure";
import { proveWithoutTask } from "./proveWithoutTask";
import { type Operation, lookUpOwner, requirePassword, withoutIgnoring } from "../operation/operation";
import { describeFailedReset } from "./describeFailedReset";
import { settle } from "./settle";
import { type PendingState, type ResetState, type State, doubtReason, inDoubt, recordSent } from "../contract/state";
import { verifyReset } from "./verifyReset";
import { isOver, waitForEnd, waitForPending } from "./waitForReset";

/** Resets the password of a resource that is not recorded yet. */
export const resetOnCreate = (operation: Operation): Promise<State> =>
  sendReset(operation, { ...recordSent(operation.news), status: "failed" });

/** Resets the password of a recorded resource whose last reset has ended, whatever its result. */
export const resetOnUpdate = (operation: Operation, olds: State): Promise<State> => sendReset(operation, olds);

/** Resets to another password once the pending reset has ended, whatever its result. */
export async function resetAfterPendingTask(operation: Operation, olds: PendingState): Promise<State> {
  await waitForPending(operation, olds).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  return sendReset(operation, olds);
}

/** Resumes waiting for the reset of an earlier run. If that reset failed, the password is sent again. */
export async function resumeReset(operation: Operation, olds: PendingState): Promise<State> {
  let task: TaskInfo;
  try {
    task = await waitForPending(operation, olds);
  } catch (error) {
    if (!isOver(error)) throw error;
    operation.log.info(sentAgain(isTaskUnknownError(error) ? error.reason : summarize(error)));
    operation.mayResend = false;
    return sendReset(operation, olds);
  }
  return finish(operation, await settle(operation, olds, task, { isResumed: true }));
}

/**
 * Sends the password, and waits until it is set. A lost response is recorded, too, since either password may be set.
 */
async function sendReset(operation: Operation, olds: State): Promise<State> {
  const { session, news, action, client, instanceId, account: name, deadline } = operation;
  const password = requirePassword(operation);
  // A reset that leaves password-free mode may get no task. Only the tasks before it show which one is its own.
  const mayHaveNoTask = olds.isPasswordFree ?? session.notes.onInstance(news).isPasswordFree;
  const tasks = await waitUntilIdle(operation, wasNotSent(action), mayHaveNoTask).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    throw new AdvisingError(`${action} was not sent: ${error.message}`, waitAgain);
  });
  // Read just before the request, which sends the account's other fields back unchanged.
  const account = name === undefined ? undefined : await requireAccount(client, instanceId, name, deadline);
  const notes = session.notes.onAccount(news);
  if (notes.isContested) {
    const what = nameAccount({ instanceId, account: name });
    throw new AdvisingError(`${action} was not sent: another resource of this program has ${what}`, "keep one of them");
  }
  notes.isSent = true;
  let accepted: AcceptedReset;
  try {
    accepted = await resetPassword(client, { instanceId, account, password }, deadline);
  } catch (error) {
    throw partialFailureIfAmbiguous(operation, olds, error);
  }
  return afterAcceptance(operation, olds, { tasks, account }, accepted);
}

/** Returns a partial failure if the reset may have been carried out, otherwise the same error: nothing is recorded. */
function partialFailureIfAmbiguous(operation: Operation, olds: State, error: unknown): unknown {
  if (!classify(error).mayBeDone) return error;
  const state = inDoubt(olds, "the last reset may not have been carried out");
  return partialFailure(operation, state, adviseNextUp(error, sendAgain));
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
async function afterAcceptance(
  operation: Operation,
  olds: State,
  before: Before,
  accepted: AcceptedReset,
): Promise<State> {
  lookUpOwner(operation, olds);
  const pending: ResetState = {
    ...recordSent(operation.news, olds),
    ...(accepted.taskId !== undefined && { taskId: accepted.taskId }),
    requestId: accepted.requestId,
    resetAt: new Date(accepted.acceptedAtMs).toISOString(),
    ...newestBefore(olds, before.tasks),
    status: "pending",
  };
  try {
    if (accepted.taskId === undefined) {
      return await finish(operation, await proveWithoutTask(operation, olds, pending, before.account));
    }
    const ours: PendingState = { ...pending, taskId: accepted.taskId };
    const { acceptedAtMs } = accepted;
    const task = await waitForEnd(operation, ours, before.tasks?.answeredAtMs);
    const notes = operation.session.notes.onInstance(operation.news);
    notes.endedTaskIds = [...(notes.endedTaskIds ?? []), ours.taskId];
    return await finish(operation, await settle(operation, ours, task, { acceptedAtMs }));
  } catch (error) {
    if (isPartialFailure(error)) throw error;
    if (isTaskError(error))
      throw accepted.lost
        ? partialFailureIfAmbiguous(operation, olds, lostAndThen(operation.action, accepted.lost, error))
        : error;
    if (isTaskUnknownError(error)) return resend(operation, inDoubt(pending, error.reason));
    // Only a task can be waited for.
    if (accepted.taskId !== undefined) throw partialFailure(operation, pending, adviseNextUp(error, resumeWaiting));
    throw partialFailure(operation, inDoubt(pending, noEnd), adviseNextUp(error, sendAgain));
  }
}

const noEnd = "the last run ended before it was known whether the password was set";

/** Returns the newest task that had ended before the reset was sent, if known. */
function newestBefore(olds: State, tasks: InstanceTasks | undefined): Pick<State, "newestTaskId"> {
  const newestTaskId = tasks?.finished ? newestEndedId(tasks.finished) : olds.newestTaskId;
  return newestTaskId === undefined ? {} : { newestTaskId };
}

/** Sends the password again if another one may be set. */
const finish = (operation: Operation, state: State): Promise<State> =>
  state.status === "done" ? verifyReset(operation, state) : resend(operation, state);

/** Sends the password again, at most once in an operation. */
async function resend(operation: Operation, state: State): Promise<State> {
  const reason = doubtReason(state);
  const { session, news, log } = operation;
  if (operation.password === undefined) {
    throw partialFailure(operation, state, inSentences(`${operation.action} was not sent: ${reason}`, withoutIgnoring));
  }
  if (!operation.mayResend)
    throw partialFailure(operation, state, describeFailedReset(operation.action, reason, state));
  operation.mayResend = false;
  if (state.isPasswordFree) session.notes.onInstance(news).isPasswordFree = true;
  log.info(sentAgain(reason));
  return sendReset(operation, state).catch((error: unknown) => {
    // The first reset has changed the password, even if the second one failed.
    throw isPartialFailure(error) ? error : partialFailure(operation, state, adviseNextUp(error, sendAgain));
  });
}

const sentAgain = (reason: string): string => `${reason}; the password is sent again`;
