import type { State } from "./state";
import { parseServiceTime, roundToTimeZones } from "../tencentcloud/redis/serviceTime";
import { type Account, defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";
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
  const aheadMs = difference(setAt, endTime);
  // Without a task, this very time is what was recorded, which is exact. The end of a task may be told by another clock.
  if (state.taskId === undefined) return aheadMs > 0 ? drifted : {};
  // By its own clock, nothing tells when it was set.
  if (aheadMs < -toleranceMs) return { unattributed: laterChanges[0] };
  if (!(aheadMs >= 0)) return {};
  const resets = ofType(taskTypes.passwordReset);
  const isOurs = laterChanges.some((change) => {
    const lagMs = difference(setAt, endOrStart(change));
    const otherTimes = timesByChanges(others, resets, [lagMs, aheadMs]);
    if (!isFree(change, { lagMs, aheadMs }, changes, otherTimes)) return false;
    if (difference(change.endTime, endTime) <= atOnceMs) return !isJudged;
    const isNearer = isLess(lagMs, aheadMs) || isLess(withoutZone(lagMs), withoutZone(aheadMs));
    // What was set before this account's password was set by no later task.
    const laterTimes = otherTimes.filter((time) => difference(time, setAt) >= 0);
    return isNearer && !laterTimes.some((time) => showsLag(time, laterChanges, aheadMs, lagMs));
  });
  // More than clocks and time zones explain.
  return isOurs || Math.abs(withoutZone(aheadMs)) > toleranceMs ? drifted : {};
}

/** Whether a time lags less behind a change than behind our own task, as far as clocks tell. */
const isLess = (lagMs: number, aheadMs: number): boolean =>
  Math.abs(lagMs) < Math.min(Math.max(Math.abs(aheadMs), secondMs), toleranceMs);

/** Returns the times of other accounts that changes may have set: a reset may have set that of the default account. */
const timesByChanges = (others: readonly Account[], resets: readonly ListedTask[], lagsMs: number[]): string[] =>
  others
    .filter(({ name, passwordTime = "" }) => {
      const isReset = lagsMs.some((lagMs) => fitsLag(passwordTime, resets, lagMs, jitterMs));
      return name !== defaultAccount || !isReset;
    })
    .flatMap(({ passwordTime = [] }) => passwordTime);

/**
 * Whether a change, which names no account, may have set the password of ours: the times of all other accounts are then
 * explained by the rest of the changes, each by one of its own.
 *
 * @param lagMs by how much the time of ours then lags behind the change, which others may do too
 * @param aheadMs by how much it lags behind our own task otherwise
 */
function isFree(
  change: ListedTask,
  { lagMs, aheadMs }: { lagMs: number; aheadMs: number },
  changes: readonly ListedTask[],
  otherTimes: readonly string[],
): boolean {
  const mayBeSetBy = (time: string) => (task: ListedTask) => fitsLag(time, [task], lagMs, jitterMs);
  const isInQuestion = (time: string): boolean =>
    [lagMs, aheadMs].some((eitherMs) => fitsLag(time, changes, eitherMs, jitterMs));
  let unused = changes.filter((other) => other !== change).sort((a, b) => difference(endOrStart(a), endOrStart(b)));
  const times = otherTimes.filter(isInQuestion).sort((a, b) => difference(a, b));
  // All may lag by equally much, so the earliest change that fits leaves most for the later times.
  return times.every((time) => {
    const explaining = unused.find(mayBeSetBy(time));
    unused = unused.filter((other) => other !== explaining);
    return explaining !== undefined;
  });
}

/** Whether the time of another account shows that times of accounts lag behind the ends of tasks by one lag, not by the other. */
const showsLag = (time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean =>
  fitsLag(time, changes, lagMs, secondMs) && !fitsLag(time, changes, otherLagMs, secondMs);

/** Whether a time is so much after the end of a task, give or take. */
const fitsLag = (time: string, tasks: readonly ListedTask[], lagMs: number, giveOrTakeMs: number): boolean =>
  tasks.some((task) => Math.abs(difference(time, endOrStart(task)) - lagMs) <= giveOrTakeMs);

const endOrStart = ({ endTime, startTime }: ListedTask): string => endTime || startTime;

/** Times are rounded to seconds. */
const secondMs = 1000;
/** Nobody else begins and ends a task in so short a time. */
const atOnceMs = 2 * secondMs;
/** By how much the lag of times of accounts behind the ends of tasks may vary. */
const jitterMs = 5 * secondMs;

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
  const aheadMs = difference(task[time], ours[time]);
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
  `somebody else, or a run that was killed, set the password at ${time}, the service's time`;

/** Not a number where one of the two is unknown, which compares with nothing. */
function difference(time: string | undefined, from: string | undefined): number {
  return (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);
}
