import type { State } from "../contract/state";
import { isSetByLaterChange, toleranceMs, withoutZone } from "./attribution";
import { differenceMs, parseServiceTime } from "../../tencentcloud/redis/serviceTime";
import type { Account } from "../../tencentcloud/redis/describeInstanceAccount";
import { type ListedTask, taskTypes } from "../../tencentcloud/redis/taskList";

/** When the passwords of an instance were last set. */
export interface PasswordTimes {
  /** Whether the instance does not have the account. */
  readonly isMissing: boolean;
  /** When the account's password was last set. */
  readonly setAt: string | undefined;
  readonly others: readonly Account[];
}

/** What the times and tasks of an instance imply. */
export interface Finding {
  readonly reason?: string;
  /** A later change that may be of any account, if it is not known when this account's password was set. */
  readonly unattributed?: ListedTask | undefined;
}

/** What earlier comparisons and this run know of the compared tasks. */
export interface Known {
  /**
   * Whether tasks that ended at about the same time as ours have been compared before. Times are whole seconds, so
   * later they cannot be told from changes of another account.
   */
  readonly isJudged: boolean;
  /** The program's own tasks, other than the compared one: they are no change of this account by somebody else. */
  readonly ownTaskIds?: readonly number[];
  /** The tasks in an earlier response, which count if they cannot be read again. */
  readonly listed?: readonly ListedTask[];
}

/** Finds out whether somebody else has set the password since our reset, as far as times and tasks show it. */
export function findDrift(
  state: State,
  tasks: readonly ListedTask[],
  times: PasswordTimes | undefined,
  { isJudged, ownTaskIds = [] }: Known,
): Finding {
  const succeeded = tasks.filter(({ status }) => status === "succeed");
  const ours = ourTask(state, succeeded);
  if (!ours) return {};
  const isLater = (task: ListedTask) =>
    !ownTaskIds.includes(task.taskId) && isLaterThanOurs(task, ours, state.newestTaskId);
  const ofType = (type: string) => succeeded.filter((task) => task.type === type);
  const resets = ofType(taskTypes.passwordReset);
  const reset = resets.find(isLater);
  if (reset && state.account === undefined) return { reason: somebodyElse(reset.endTime || reset.startTime) };

  const { setAt, others = [] } = times ?? {};
  const changes = ofType(taskTypes.accountChange).filter(({ taskId }) => taskId !== ours.taskId);
  const laterChanges = changes.filter(isLater);
  const unattributed = { unattributed: laterChanges[0] };
  if (setAt === undefined) return unattributed;
  const drifted = { reason: somebodyElse(setAt) };
  const endTime = ours.endTime || state.passwordTime;
  if (state.taskId === undefined && endTime === undefined) {
    if (laterChanges.length === 0) return {};
    // The service had no time of this account when the password was adopted, unless that could not be read.
    return state.unchecked === undefined ? drifted : unattributed;
  }
  const aheadMs = differenceMs(setAt, endTime);
  // Without a task, the recorded value is this very time, so any difference counts. The end of a task may come from
  // another clock.
  if (state.taskId === undefined) return aheadMs > 0 ? drifted : {};
  // The account's clock is not comparable with that of tasks, so it is unknown when the password was set.
  if (aheadMs < -toleranceMs) return unattributed;
  // The service may set the time before the task ends. Then only tasks that were just listed are told apart.
  if (Number.isNaN(aheadMs) || (aheadMs < 0 && isJudged)) return {};
  // More than clocks and time zones can explain.
  if (Math.abs(withoutZone(aheadMs)) > toleranceMs) return drifted;
  const { newestTaskId } = state;
  const evidence = { setAt, aheadMs, ours: { endTime, newestTaskId }, changes, resets, others, isJudged };
  return isSetByLaterChange(laterChanges, evidence) ? drifted : {};
}

/** When the recorded reset or adoption began and ended, as far as known. */
interface OurTask {
  readonly taskId: number;
  readonly startTime: string;
  readonly endTime: string;
}

/** Returns the times of our task, from the list if it is listed; undefined if there is nothing to compare with. */
function ourTask(state: State, succeeded: readonly ListedTask[]): OurTask | undefined {
  const listed = succeeded.find(({ taskId }) => taskId === state.taskId);
  if (listed) return listed;
  const { taskId = Infinity, taskStartTime: startTime = "", passwordTime, newestTaskId } = state;
  if (startTime === "" && passwordTime === undefined && newestTaskId === undefined) return undefined;
  return { taskId, startTime, endTime: "" };
}

/**
 * Whether a task has set the password after ours: of two tasks, the one that ends last wins. Tasks that had ended
 * before our reset was sent are known by their ids, so any other task that ended in the same second counts as later.
 *
 * @param newestTaskId undefined in older states
 */
function isLaterThanOurs(task: ListedTask, ours: OurTask, newestTaskId: number | undefined): boolean {
  if (task.taskId === ours.taskId) return false;
  const areEndsKnown = [task, ours].every(({ endTime }) => parseServiceTime(endTime) !== undefined);
  const time = areEndsKnown ? "endTime" : "startTime";
  const aheadMs = differenceMs(task[time], ours[time]);
  if (newestTaskId === undefined) return aheadMs > 0 || (aheadMs === 0 && task.taskId > ours.taskId);
  if (!areEndsKnown) return task.taskId > newestTaskId;
  return aheadMs > 0 || (aheadMs === 0 && task.taskId > newestTaskId);
}

const somebodyElse = (time = ""): string => `somebody else or a killed run set the password at ${time} (service time)`;
