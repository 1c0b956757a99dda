import { type Comparison, compareWithService, newestOf, passwordFreeModeIsOn, resetBaseline } from "./drift";
import { adviseNextUp, inSentences, messageOf, summaryOf } from "../tencentcloud/errors/advisingError";
import { TaskError, isNotFound, isTaskError, isTaskUnknownError } from "../tencentcloud/errors/errors";
import { withoutSecrets } from "../tencentcloud/errors/redact";
import { isOtherTaskError, waitAfterOurs, waitBeforeSending } from "./otherTasks";
import { proveWithoutTask } from "./proveWithoutTask";
import { isPartialFailure } from "./partialFailure";
import { type Run, inDoubt, lookUpOwner, partialFailure, requirePassword, resetFailed, withoutIgnoring } from "./run";
import { type PendingState, type ResetState, type State, recordInputs } from "./state";
import type { InstanceTasks } from "../tencentcloud/redis/instanceTaskReader";
import type { TaskInfo } from "../tencentcloud/redis/describeTaskInfo";
import { lostAndThen } from "../tencentcloud/redis/lostAnswer";
import { type AcceptedReset, resetPassword } from "../tencentcloud/redis/resetPassword";
import { classify } from "../tencentcloud/errors/classify";
import { firstTold, isServiceTimeBefore } from "../tencentcloud/redis/serviceTime";
import { waitForTask } from "../tencentcloud/redis/waitForTask";
import type { ListedTask } from "../tencentcloud/redis/taskList";
import { tryPassword } from "./tryPassword";

/** Resets the password of a resource that is not recorded yet. */
export const resetOnCreate = (run: Run): Promise<State> =>
  sendReset(run, { ...recordInputs(run.news), status: "failed" });

/** Resets the password of a resource whose last reset has ended, one way or another. */
export const resetOnUpdate = (run: Run, olds: State): Promise<State> => sendReset(run, olds);

/** Resets to another password, once the pending reset has ended. Which way it ends does not matter. */
export async function resetAfterPendingTask(run: Run, olds: PendingState): Promise<State> {
  await waitForPending(run, olds).catch((error: unknown) => {
    if (!isOver(error)) throw error;
  });
  return sendReset(run, olds);
}

/** Waits on where an earlier run stopped. A reset that has failed meanwhile is sent again. */
export async function resumeReset(run: Run, olds: PendingState): Promise<State> {
  let task: TaskInfo;
  try {
    task = await waitForPending(run, olds);
  } catch (error) {
    if (!isOver(error)) throw error;
    run.say(sentAgain(isTaskUnknownError(error) ? error.reason : summaryOf(error)));
    run.mayResend = false;
    return sendReset(run, olds);
  }
  return settle(run, olds, task, { isResumed: true });
}

/** Sends the password, and waits until it is set. A lost answer must be recorded too, for either password may be set. */
async function sendReset(run: Run, olds: State): Promise<State> {
  const { session, news, client, instanceId, deadline } = run;
  const password = requirePassword(run);
  const before = await waitBeforeSending(run).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    throw new Error(inSentences(`ResetPassword was not sent: ${error.message}`, "run `pulumi up` once it has ended"));
  });
  const notes = session.notesOn(news);
  if (notes.isContested)
    throw new Error("ResetPassword was not sent: another resource of this program has the instance. Keep one of them.");
  notes.isSent = true;
  let accepted: AcceptedReset;
  try {
    accepted = await resetPassword(client, { instanceId, password }, deadline);
  } catch (error) {
    throw lossOf(run, olds, error);
  }
  return afterAcceptance(run, olds, before, accepted);
}

/** A reset that may have been carried out leaves the resource in doubt; of any other, nothing is recorded. */
function lossOf(run: Run, olds: State, error: unknown): unknown {
  if (!classify(error).mayBeDone) return error;
  const state = inDoubt(olds, "the last reset may not have been carried out");
  return partialFailure(run, state, adviseNextUp(error, "send the password again"));
}

/** Whatever goes wrong from here on, the accepted reset is recorded. */
async function afterAcceptance(
  run: Run,
  olds: State,
  before: InstanceTasks | undefined,
  accepted: AcceptedReset,
): Promise<State> {
  lookUpOwner(run, olds);
  const pending: ResetState = {
    ...recordInputs(run.news),
    ...(accepted.taskId !== undefined && { taskId: accepted.taskId }),
    requestId: accepted.requestId,
    resetAt: new Date(accepted.acceptedAtMs).toISOString(),
    ...newestBefore(olds, before),
    status: "pending",
  };
  try {
    if (accepted.taskId === undefined) {
      const proof = await proveWithoutTask(run, olds, pending);
      if ("done" in proof) return await verified(run, proof.done);
      return await resend(run, inDoubt(pending, proof.doubt), proof.doubt);
    }
    const ours: PendingState = { ...pending, taskId: accepted.taskId };
    return await settle(run, ours, await waitForEnd(run, ours), { acceptedAtMs: accepted.acceptedAtMs });
  } catch (error) {
    if (isPartialFailure(error)) throw error;
    if (isTaskError(error)) throw accepted.lost ? lossOf(run, olds, lostAndThen(accepted.lost, error)) : error;
    if (isTaskUnknownError(error)) return resend(run, inDoubt(pending, error.reason), error.reason);
    throw partialFailure(run, pending, adviseNextUp(error, "resume waiting"));
  }
}

/** The newest task that had ended before the reset was sent, as far as that is known. */
function newestBefore(olds: State, before: InstanceTasks | undefined): Pick<State, "newestTaskId"> {
  if (before?.finished) return { newestTaskId: newestOf(before.finished) };
  return olds.newestTaskId === undefined ? {} : { newestTaskId: olds.newestTaskId };
}

/** Waits for the task of an earlier run. Whatever ends the waiting but the end of the task, the resource stays pending. */
async function waitForPending(run: Run, pending: PendingState): Promise<TaskInfo> {
  try {
    return await waitForEnd(run, pending);
  } catch (error) {
    if (isOver(error)) throw error;
    throw partialFailure(run, pending, adviseNextUp(error, "resume waiting"));
  }
}

/** Waits until a task has succeeded. The service's words about a task that has not could repeat the password. */
async function waitForEnd(run: Run, { taskId, requestId, resetAt }: PendingState): Promise<TaskInfo> {
  const { session, news, client, instanceId, deadline } = run;
  const origin = { instanceId, requestId, acceptedAtMs: Date.parse(resetAt) };
  try {
    return await waitForTask(client, taskId, deadline, session.taskReaderFor(news), origin);
  } catch (error) {
    if (!isTaskError(error)) throw error;
    const { task, status, taskMessage } = error;
    throw new TaskError(task, status, withoutSecrets(taskMessage, [session.passwords.recall(news.password)]));
  }
}

interface Circumstances {
  /** When the service accepted the reset, by its clock, where that was in this run. */
  readonly acceptedAtMs?: number;
  /** Whether it was sent by an earlier run: much may have happened since. */
  readonly isResumed?: true;
}

/**
 * Records a reset whose task has succeeded as done, once no other task can set another password. The password is sent
 * again where one may have done so.
 */
async function settle(run: Run, pending: PendingState, task: TaskInfo, circumstances: Circumstances): Promise<State> {
  const after = await waitAfterOurs(run, pending.taskId, task).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    const message = inSentences(`ResetPassword timed out: ${error.message}`, "run `pulumi up` to resume waiting");
    throw partialFailure(run, pending, message);
  });
  // Compared with the newest task of before the reset: what has ended in the same second since may have won.
  const compared: State = { ...pending, ...baselineOf(pending, task, after, circumstances), status: "done" };
  const others = [...(after?.finished ?? []), ...(task.others?.tasks ?? [])];
  const done: State = { ...compared, newestTaskId: newestOf(others, pending.taskId, pending.newestTaskId) };
  if (!circumstances.isResumed && !others.some((other) => mayHaveWon(other, compared))) {
    return verified(run, done.passwordTime === undefined ? { ...done, unchecked: true } : done);
  }
  const found = await lookForDrift(run, compared);
  if (found?.reason !== undefined)
    return resend(run, { ...done, status: "drifted", reason: found.reason }, found.reason);
  // What could not be told apart now, the next refresh tells apart: the other task still counts as a newer one.
  if (!found?.baseline) return verified(run, { ...compared, unchecked: true });
  return verified(run, { ...done, ...found.baseline, newestTaskId: done.newestTaskId });
}

/** Whether it takes a closer look to know that a task has not set the password after ours. */
function mayHaveWon(other: ListedTask, { taskId, passwordTime, newestTaskId }: State): boolean {
  const isKnown = newestTaskId !== undefined && other.taskId <= newestTaskId;
  if (isKnown || other.taskId === taskId || other.status === "ended") return false;
  return !isServiceTimeBefore(other.endTime, passwordTime);
}

function baselineOf(
  { taskId }: ResetState,
  task: TaskInfo,
  after: InstanceTasks | undefined,
  { acceptedAtMs }: Circumstances,
) {
  const listed = after?.finished?.find((candidate) => candidate.taskId === taskId);
  const end = firstTold(listed?.endTime, task.endTime);
  const startTime = firstTold(listed?.startTime, task.startTime) ?? "";
  const told = { ...task, ...(end !== undefined && { endTime: end }), startTime };
  // Without the time of its acceptance, the answers do not tell when a task ended.
  const times = acceptedAtMs === undefined && end === undefined ? {} : resetBaseline(told, acceptedAtMs ?? 0);
  return {
    ...(startTime !== "" && { taskStartTime: startTime }),
    ...times,
  };
}

/** What the service tells of what happened since; undefined where it could not be asked, which is shown. */
async function lookForDrift(run: Run, done: State): Promise<Comparison | undefined> {
  try {
    return await compareWithService(run, done);
  } catch (error) {
    run.say(`whether the password was set since could not be looked at: ${messageOf(error)}`);
    return undefined;
  }
}

/** Sends the password again, at most once in a run. */
async function resend(run: Run, state: State, reason: string): Promise<State> {
  const { session, news, say } = run;
  if (session.passwords.recall(news.password) === undefined) {
    throw partialFailure(run, state, inSentences(`ResetPassword was not sent: ${reason}`, withoutIgnoring));
  }
  if (!run.mayResend) throw partialFailure(run, state, resetFailed(reason, state));
  run.mayResend = false;
  if (reason === passwordFreeModeIsOn) session.notesOn(news).isPasswordFree = true;
  say(sentAgain(reason));
  return sendReset(run, state).catch((error: unknown) => {
    // The first reset has changed the password, whatever comes of the second one.
    throw isPartialFailure(error) ? error : partialFailure(run, state, messageOf(error));
  });
}

/** A reset that has succeeded is done, unless the instance refuses the password all the same. */
async function verified(run: Run, done: State): Promise<State> {
  const result = await tryPassword(run);
  if (result?.outcome !== "refused") {
    const { taskId } = done;
    run.session.notesOn(run.news).isReset = true;
    run.say(`the password was reset${taskId === undefined ? "" : ` (task ${taskId})`}`);
    return done;
  }
  const message = resetFailed(result.reason, done, "Verification");
  throw partialFailure(run, inDoubt(done, "the instance has refused the password"), message);
}

const sentAgain = (reason: string): string => `${reason}; the password is sent again`;

/** Whether the task of an earlier run is known to have ended without success, or is not known at all any more. */
const isOver = (error: unknown): boolean => isTaskError(error) || isTaskUnknownError(error) || isNotFound(error);
