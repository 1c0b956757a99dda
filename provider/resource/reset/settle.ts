import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import type { InstanceTasks } from "../../tencentcloud/redis/instanceTaskReader";
import type { TaskInfo } from "../../tencentcloud/redis/describeTaskInfo";
import { firstTold, isServiceTimeBefore } from "../../tencentcloud/redis/serviceTime";
import { type ListedTask, mayConcern } from "../../tencentcloud/redis/taskList";
import { throwIfCanceled } from "../../tencentcloud/retry/deadline";
import { newestEndedId, resetBaseline } from "../drift/baseline";
import { type Comparison, compareWithService } from "../drift/compareWithService";
import type { Known } from "../drift/findDrift";
import { isOtherTaskError, waitAfterOurs } from "../operation/otherTasks";
import { partialFailure } from "../operation/partialFailure";
import type { Operation } from "../operation/operation";
import { type Baseline, type PendingState, type ResetState, type State, asDrifted } from "../contract/state";

interface Circumstances {
  /**
   * When the service accepted the reset, by its clock, in milliseconds since 1970. Absent if that was in an earlier
   * run.
   */
  readonly acceptedAtMs?: number;
  /** Whether an earlier run has sent the reset, so that a long time may have passed since. */
  readonly isResumed?: true;
}

/**
 * Returns the state of a reset whose task has succeeded, once no other task can set another password: `done`, or
 * `drifted` if another task may have set one since.
 *
 * @throws PartialFailure if another task has not ended at the deadline
 */
export async function settle(
  operation: Operation,
  pending: PendingState,
  task: TaskInfo,
  circumstances: Circumstances,
): Promise<State> {
  const after = await waitAfterOurs(operation, pending.taskId, task).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    const message = inSentences(`${operation.action} succeeded, but ${error.message}`, waitAndSend);
    throw partialFailure(operation, pending, message);
  });
  // Compared with the newest task before the reset: a task that ended in the same second as ours may have set the
  // password last.
  const compared: State = { ...pending, ...taskBaseline(pending, task, after, circumstances), status: "done" };
  const others = after?.finished ?? task.others?.tasks ?? [];
  const done: State = { ...compared, newestTaskId: newestEndedId(others, pending.taskId, pending.newestTaskId) };
  const { endedTaskIds = [] } = operation.session.notes.onInstance(operation.news);
  const isUndecided = (other: ListedTask) => !endedTaskIds.includes(other.taskId) && mayHaveWon(other, compared);
  // The next refresh compares again, and still treats other tasks as newer.
  const uncheckedYet: State = { ...compared, unchecked: true };
  if (!circumstances.isResumed && !others.some(isUndecided)) {
    if (!after) return uncheckedYet;
    return done.passwordTime === undefined ? { ...done, unchecked: true } : done;
  }
  const found = await compareIfPossible(operation, compared, {
    isJudged: false,
    ownTaskIds: endedTaskIds,
    listed: others,
  });
  throwIfCanceled(operation.deadline, `${operation.action} was interrupted`);
  if (found?.reason !== undefined) return asDrifted(done, found.reason, found);
  if (!found?.baseline) return uncheckedYet;
  return { ...done, ...found.baseline, newestTaskId: done.newestTaskId };
}

/** The other task may be any change of the instance: only its end shows whether it has set a password. */
const waitAndSend = "run `pulumi up` to wait for it and, if it has set another password, to send this one again";

/** Whether a task may have set the password after ours, so that a comparison is needed to rule it out. */
function mayHaveWon(other: ListedTask, { account, taskId, passwordTime, newestTaskId }: State): boolean {
  if (!mayConcern(other, account)) return false;
  const isKnown = newestTaskId !== undefined && other.taskId <= newestTaskId;
  if (isKnown || other.taskId === taskId || other.status === "ended") return false;
  return !isServiceTimeBefore(other.endTime, passwordTime);
}

/** Returns the times of our task, from the list if it has them, since only the list shows when a task ended. */
function taskBaseline(
  { taskId }: ResetState,
  task: TaskInfo,
  after: InstanceTasks | undefined,
  { acceptedAtMs }: Circumstances,
): Baseline {
  const listed = after?.finished?.find((candidate) => candidate.taskId === taskId);
  const end = firstTold(listed?.endTime, task.endTime);
  const startTime = firstTold(listed?.startTime, task.startTime) ?? "";
  const known = { ...task, ...(end !== undefined && { endTime: end }), startTime };
  // Without the time of the acceptance, the end of a task cannot be computed.
  const times = acceptedAtMs === undefined && end === undefined ? {} : resetBaseline(known, acceptedAtMs ?? 0);
  return {
    ...(startTime !== "" && { taskStartTime: startTime }),
    ...times,
  };
}

/** Compares with the service. If a read fails, that is a warning, and the result is undefined. */
async function compareIfPossible(operation: Operation, done: State, known: Known): Promise<Comparison | undefined> {
  try {
    return await compareWithService(operation, done, known);
  } catch (error) {
    if (!operation.deadline.clock.isCanceled?.())
      operation.log.warn(`could not check whether the password was set since: ${errorMessage(error)}`);
    return undefined;
  }
}
