import type { State } from "./state";
import { endOrStart, isUnclaimed, lagsLike, secondMs, showsLag, timesByChanges } from "./attribution";
import { differenceMs, parseServiceTime, roundToTimeZones } from "../tencentcloud/redis/serviceTime";
import type { Account } from "../tencentcloud/redis/describeInstanceAccount";
import { type ListedTask, taskTypes } from "../tencentcloud/redis/taskList";

/** When the passwords of an instance were last set. */
export interface PasswordTimes {
  /** Whether the instance does not have the account. */
  readonly isMissing: boolean;
  /** That of the account. */
  readonly setAt: string | undefined;
  readonly others: readonly Account[];
}

/** What the times and tasks of an instance show. */
export interface Finding {
  readonly reason?: string;
  /** A later change of some account, where it is not known when this account's password was set. */
  readonly unattributed?: ListedTask | undefined;
}

/** What is known of the tasks that are compared. */
export interface Known {
  /**
   * Whether what ended at about the same time as our task was compared then: later it cannot be told from a change of
   * another account, since times are whole seconds.
   */
  readonly isJudged: boolean;
  /** Tasks of this run that had ended before ours began. */
  readonly endedTaskIds?: readonly number[] | undefined;
}

/** Returns whether somebody else has set the password since, as far as times and tasks show it. */
export function findDrift(
  state: State,
  tasks: readonly ListedTask[],
  times: PasswordTimes | undefined,
  { isJudged, endedTaskIds = [] }: Known,
): Finding {
  const succeeded = tasks.filter(({ status }) => status === "succeed");
  const ours = ourTask(state, succeeded);
  if (!ours) return {};
  const isLater = (task: ListedTask) =>
    !endedTaskIds.includes(task.taskId) && isLaterThanOurs(task, ours, state.newestTaskId);
  const ofType = (type: string) => succeeded.filter((task) => task.type === type);
  const laterResets = ofType(taskTypes.passwordReset).filter(isLater);
  const [reset] = laterResets;
  if (reset && state.account === undefined) return { reason: somebodyElse(reset.endTime || reset.startTime) };

  const { setAt, others = [] } = times ?? {};
  const changes = ofType(taskTypes.accountChange).filter(({ taskId }) => taskId !== ours.taskId);
  const laterChanges = changes.filter(isLater);
  if (setAt === undefined) return { unattributed: laterChanges[0] };
  const drifted = { reason: somebodyElse(setAt) };
  const endTime = ours.endTime || state.passwordTime;
  // The service had no time of this account when it was adopted.
  if (state.taskId === undefined && endTime === undefined && state.unchecked === undefined) {
    return laterChanges.length > 0 ? drifted : {};
  }
  const aheadMs = differenceMs(setAt, endTime);
  // Without a task, this very time is what was recorded, which is exact. The end of a task may be told by another clock.
  if (state.taskId === undefined) return aheadMs > 0 ? drifted : {};
  // By its own clock, nothing tells when it was set.
  if (aheadMs < -toleranceMs) return { unattributed: laterChanges[0] };
  if (!(aheadMs >= 0)) return {};
  const resets = ofType(taskTypes.passwordReset);
  const atOnce = laterChanges.filter((change) => differenceMs(change.endTime, endTime) <= atOnceMs);
  // What was there when ours was settled was compared then. Of several, no time shows which was whose.
  const isAloneSince = atOnce.length === 1 && atOnce.every(({ taskId }) => taskId > (state.newestTaskId ?? Infinity));
  const isOurs = laterChanges.some((change) => {
    const lagMs = differenceMs(setAt, endOrStart(change));
    const otherTimes = timesByChanges(others, resets, [lagMs, aheadMs]);
    if (!isUnclaimed(change, { lagMs, aheadMs }, changes, otherTimes)) return false;
    // What was set before this account's password was set by no later task.
    const laterTimes = otherTimes.filter((time) => differenceMs(time, setAt) >= 0);
    if (atOnce.includes(change)) {
      if (!isJudged) return true;
      const isToTheSecond = withoutZone(lagMs) === 0 && withoutZone(aheadMs) > 0;
      return isAloneSince && isToTheSecond && !laterTimes.some((time) => lagsLike(time, laterChanges, aheadMs, lagMs));
    }
    const isNearer = isLess(lagMs, aheadMs) || isLess(withoutZone(lagMs), withoutZone(aheadMs));
    return isNearer && !laterTimes.some((time) => showsLag(time, laterChanges, aheadMs, lagMs));
  });
  // More than clocks and time zones explain.
  return isOurs || Math.abs(withoutZone(aheadMs)) > toleranceMs ? drifted : {};
}

/** Whether a time lags less behind a change than behind our own task, as far as clocks tell. */
const isLess = (lagMs: number, aheadMs: number): boolean =>
  Math.abs(lagMs) < Math.min(Math.max(Math.abs(aheadMs), secondMs), toleranceMs);

/** In so short a time, the rounding and the lag of times may hide which of two changes was the later one. */
const atOnceMs = 2 * secondMs;

/** The end and the beginning of what was recorded, as far as they are known. */
interface OurTask {
  readonly taskId: number;
  readonly startTime: string;
  readonly endTime: string;
}

/** Returns the times of our task, from the list if it is there; undefined if nothing is known to compare with. */
function ourTask(state: State, succeeded: readonly ListedTask[]): OurTask | undefined {
  const listed = succeeded.find(({ taskId }) => taskId === state.taskId);
  if (listed) return listed;
  const { taskId = Infinity, taskStartTime: startTime = "", passwordTime, newestTaskId } = state;
  if (startTime === "" && passwordTime === undefined && newestTaskId === undefined) return undefined;
  return { taskId, startTime, endTime: "" };
}

/**
 * Whether a task has set the password after ours. The task that ends last does. What had ended before ours was sent is
 * known by its number, so of what ended in the same second any other counts.
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

/** How far the clocks of the service's own machines may be apart. */
const toleranceMs = 60_000;

/** Returns the part of a difference that time zones do not explain. */
function withoutZone(differenceMs: number): number {
  const zonesMs = roundToTimeZones(differenceMs);
  return Math.abs(zonesMs) <= 14 * 3_600_000 ? differenceMs - zonesMs : differenceMs;
}

const somebodyElse = (time = ""): string =>
  `somebody else or a killed run set the password at ${time} (service time)`;
