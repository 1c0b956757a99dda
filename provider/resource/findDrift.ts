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

/**
 * @param isJudged whether what ended at about the same time as our task was looked at then: later it cannot be told from a
 * change of another account, since times are whole seconds
 */
export function findDrift(
  state: State,
  tasks: readonly ListedTask[],
  times: PasswordTimes | undefined,
  isJudged: boolean,
): Finding {
  const succeeded = tasks.filter(({ status }) => status === "succeed");
  const ofType = (type: string) => succeeded.filter((task) => task.type === type);
  const ours = ourTask(state, succeeded);
  if (!ours) return {};
  const isLater = (task: ListedTask) => isLaterThanOurs(task, ours, state.newestTaskId);
  const laterResets = ofType(taskTypes.passwordReset).filter(isLater);
  const [later] = laterResets;
  if (later && state.account === undefined) return { reason: somebodyElse(later.endTime || later.startTime) };

  const { setAt, others = [] } = times ?? {};
  const otherChanges = ofType(taskTypes.accountChange).filter(({ taskId }) => taskId !== ours.taskId);
  const laterChanges = otherChanges.filter(isLater);
  if (setAt === undefined) return { unattributed: laterChanges[0] };
  const drifted = { reason: somebodyElse(setAt) };
  const endTime = ours.endTime || state.passwordTime;
  const aheadMs = difference(setAt, endTime);
  if (!(aheadMs >= 0)) return {};
  // Without a task, this very time is what was recorded, which is exact. The end of a task may be told by another clock.
  if (state.taskId === undefined) return aheadMs > 0 ? drifted : {};
  const isAtOnce = (task: ListedTask) => difference(task.endTime, endTime) <= atOnceMs;
  if (!isJudged && isOneUnexplained(laterChanges.filter(isAtOnce), otherChanges, others)) return drifted;
  const otherTimes = others
    .filter(({ name }) => !(name === defaultAccount && laterResets.length > 0))
    .flatMap(({ passwordTime = [] }) => passwordTime)
    // What was set before this account's password was set by no later task.
    .filter((time) => difference(time, setAt) >= 0);
  const changes = laterChanges.filter((task) => !isAtOnce(task));
  return mayBeChangedBy(changes, setAt, aheadMs, otherTimes) || isBeyondClocks(aheadMs) ? drifted : {};
}

/**
 * Whether there are more changes at once than other accounts whose times explain one. A time that an earlier change of the
 * same second explains does not count.
 */
function isOneUnexplained(
  atOnce: readonly ListedTask[],
  changes: readonly ListedTask[],
  others: readonly Account[],
): boolean {
  const earlier = changes.filter((task) => !atOnce.includes(task));
  const explaining = others.filter(
    ({ passwordTime = "" }) => fitsLag(passwordTime, atOnce, 0) && !fitsLag(passwordTime, earlier, 0),
  );
  return atOnce.length > explaining.length;
}

/**
 * Whether one of several later changes, none of which names its account, has set the password of this one: it ended nearer
 * to that time than our task did, and no time of another account explains it.
 */
function mayBeChangedBy(
  changes: readonly ListedTask[],
  setAt: string,
  aheadMs: number,
  otherTimes: readonly string[],
): boolean {
  const lagMs = ({ endTime, startTime }: ListedTask) => difference(setAt, endTime || startTime);
  const limitMs = Math.min(Math.max(aheadMs, secondMs), toleranceMs);
  return changes
    .filter((task) => Math.abs(lagMs(task)) < limitMs)
    .some((task) => !otherTimes.some((time) => showsLag(time, changes, aheadMs, lagMs(task))));
}

/** Whether the time of another account shows that times of accounts are ahead of the ends of tasks by one lag, not by the other. */
const showsLag = (time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean =>
  fitsLag(time, changes, lagMs) && !fitsLag(time, changes, otherLagMs);

/** Whether a time is so much after the end of a change, but for the rounding to seconds. */
const fitsLag = (time: string, changes: readonly ListedTask[], lagMs: number): boolean =>
  changes.some(({ endTime, startTime }) => Math.abs(difference(time, endTime || startTime) - lagMs) <= secondMs);

const secondMs = 1000;
/** Nobody else begins and ends a task in so short a time. */
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
  const aheadMs = difference(task[time], ours[time]);
  if (newestTaskId === undefined) return aheadMs > 0 || (aheadMs === 0 && task.taskId > ours.taskId);
  if (!areEndsKnown) return task.taskId > newestTaskId;
  return aheadMs > 0 || (aheadMs === 0 && task.taskId > newestTaskId);
}

/** How far the clocks of the service's own machines may be apart. */
const toleranceMs = 60_000;

/** Whether a time is later by more than differing clocks or time zones explain. */
function isBeyondClocks(aheadMs: number): boolean {
  const zonesMs = roundToTimeZones(aheadMs);
  const areZonesPossible = zonesMs <= 14 * 3_600_000;
  return Math.abs(aheadMs - (areZonesPossible ? zonesMs : 0)) > toleranceMs;
}

const somebodyElse = (time = ""): string =>
  `somebody else, or a run that was killed, set the password at ${time}, the service's time`;

/** Not a number where one of the two is unknown, which compares with nothing. */
function difference(time: string | undefined, from: string | undefined): number {
  return (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);
}
