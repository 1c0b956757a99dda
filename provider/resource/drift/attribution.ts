/** Infers from the password times of accounts which account a task changed: no task names it. */
import { type Account, defaultAccount } from "../../tencentcloud/redis/describeInstanceAccount";
import { differenceMs, roundToTimeZones } from "../../tencentcloud/redis/serviceTime";
import type { ListedTask } from "../../tencentcloud/redis/taskList";

/** What the service shows of an instance beside the changes in question. */
export interface Evidence {
  /** When the password of our account was last set. */
  readonly setAt: string;
  /** How long that is after the end of our own task. */
  readonly aheadMs: number;
  readonly ours: { readonly endTime: string | undefined; readonly newestTaskId: number | undefined };
  /** The changes of accounts, without our own task. */
  readonly changes: readonly ListedTask[];
  /** The resets of the default account. */
  readonly resets: readonly ListedTask[];
  readonly others: readonly Account[];
  /** Whether tasks that ended at about the same time as ours have been compared before. */
  readonly isJudged: boolean;
}

/** Returns whether one of the later changes, rather than our own task, has set the password of our account. */
export function isSetByLaterChange(laterChanges: readonly ListedTask[], evidence: Evidence): boolean {
  const { setAt, aheadMs, ours, changes, isJudged } = evidence;
  const unclaimed = laterChanges
    .map((change) => explain(change, evidence))
    .filter(({ change, lagMs, otherTimes }) => isUnclaimed(change, { lagMs, aheadMs }, changes, otherTimes));
  const atOnce = unclaimed.filter(({ change }) => differenceMs(change.endTime, ours.endTime) <= atOnceMs);
  // Tasks that were there when ours was settled were compared then. Of several, no time shows which was whose.
  const isAloneSince =
    atOnce.length === 1 && atOnce.every(({ change }) => change.taskId > (ours.newestTaskId ?? Infinity));
  return unclaimed.some((explained) => {
    const { lagMs, otherTimes } = explained;
    // A time before that of this account's password cannot come from a later task.
    const laterTimes = otherTimes.filter((time) => differenceMs(time, setAt) >= 0);
    if (atOnce.includes(explained)) {
      if (!isJudged) return true;
      const isToTheSecond = withoutZone(lagMs) === 0 && withoutZone(aheadMs) > 0;
      return isAloneSince && isToTheSecond && !laterTimes.some((time) => lagsLike(time, laterChanges, aheadMs, lagMs));
    }
    const isNearer = isLess(lagMs, aheadMs) || isLess(withoutZone(lagMs), withoutZone(aheadMs));
    return isNearer && !laterTimes.some((time) => showsLag(time, laterChanges, aheadMs, lagMs));
  });
}

/** A change, if it has set the password of our account. */
interface Explained {
  readonly change: ListedTask;
  /** How long the time of our password is after its end. */
  readonly lagMs: number;
  /** The times of other accounts, which other changes then must have set. */
  readonly otherTimes: readonly string[];
}

function explain(change: ListedTask, { setAt, aheadMs, others, resets }: Evidence): Explained {
  const lagMs = differenceMs(setAt, endOrStart(change));
  return { change, lagMs, otherTimes: timesByChanges(others, resets, [lagMs, aheadMs]) };
}

/** Whether a time lags less behind a change than behind our own task, beyond clock differences. */
const isLess = (lagMs: number, aheadMs: number): boolean =>
  Math.abs(lagMs) < Math.min(Math.max(Math.abs(aheadMs), secondMs), toleranceMs);

/**
 * Returns the times of other accounts that changes may have set. The default account's time is left out if a reset may
 * have set it.
 */
const timesByChanges = (others: readonly Account[], resets: readonly ListedTask[], lagsMs: number[]): string[] =>
  others
    .filter(({ name, passwordTime = "" }) => {
      const isReset = lagsMs.some((lagMs) => fitsLag(passwordTime, resets, lagMs, jitterMs));
      return name !== defaultAccount || !isReset;
    })
    .flatMap(({ passwordTime = [] }) => passwordTime);

/**
 * Returns whether a change may have set the password of our account. It may have if the other changes, without it,
 * explain at least as many times of other accounts (one time per change) as all changes do if our own task set our
 * password. Matches to the second decide. Rough matches count only if no other account's time matches this change to
 * the second.
 *
 * @param lags the lag of our account's time behind the change (`lagMs`), which then applies to other accounts too, and
 * its lag behind our own task (`aheadMs`)
 */
function isUnclaimed(
  change: ListedTask,
  { lagMs, aheadMs }: Lags,
  changes: readonly ListedTask[],
  otherTimes: readonly string[],
): boolean {
  const rest = changes.filter((other) => other !== change);
  // A time that neither assumption explains, such as that of an account's creation, does not count.
  const otherwise = countExplained(otherTimes, changes, aheadMs, jitterMs);
  if (countExplained(otherTimes, rest, lagMs, secondMs) >= otherwise) return true;
  const fitsExactly = otherTimes.some((time) => fitsLag(time, [change], aheadMs, secondMs));
  return !fitsExactly && countExplained(otherTimes, rest, lagMs, jitterMs) >= otherwise;
}

interface Lags {
  readonly lagMs: number;
  readonly aheadMs: number;
}

/** Counts the times that changes may have set, at most one time per change. */
function countExplained(
  times: readonly string[],
  changes: readonly ListedTask[],
  lagMs: number,
  giveOrTakeMs: number,
): number {
  // All times may have the same lag, so the earliest change that fits leaves the most for later times.
  let unused = [...changes].sort((a, b) => differenceMs(endOrStart(a), endOrStart(b)));
  const explained = [...times].sort(differenceMs).filter((time) => {
    const explaining = unused.find((task) => fitsLag(time, [task], lagMs, giveOrTakeMs));
    unused = unused.filter((other) => other !== explaining);
    return explaining !== undefined;
  });
  return explained.length;
}

/** Whether the time of another account fits one lag behind the end of a task but not the other. */
const showsLag = (time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean =>
  fitsLag(time, changes, lagMs, secondMs) && !fitsLag(time, changes, otherLagMs, secondMs);

/** Whether the time of another account lags behind the end of a task by `lagMs`, plus or minus a second, rather than by `otherLagMs`. */
function lagsLike(time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean {
  const lags = changes.map((change) => differenceMs(time, endOrStart(change)));
  const nearest = (to: number) => Math.min(...lags.map((lag) => Math.abs(lag - to)));
  return fitsLag(time, changes, lagMs, secondMs) && nearest(lagMs) < nearest(otherLagMs);
}

/** Whether a time lags behind the end of one of the tasks by `lagMs`, plus or minus `giveOrTakeMs`. */
const fitsLag = (time: string, tasks: readonly ListedTask[], lagMs: number, giveOrTakeMs: number): boolean =>
  tasks.some((task) => Math.abs(differenceMs(time, endOrStart(task)) - lagMs) <= giveOrTakeMs);

const endOrStart = ({ endTime, startTime }: ListedTask): string => endTime || startTime;

/** Times are rounded to seconds. */
const secondMs = 1000;
/** How much the lag between the end of a task and the time of the account may vary. */
const jitterMs = 5 * secondMs;
/** In so short a time, the rounding and the lag of times can hide which of two changes was the later one. */
const atOnceMs = 2 * secondMs;

/** The most that the clocks of the service's own machines may differ. */
export const toleranceMs = 60_000;

/** Returns the part of a difference that time zones do not explain. */
export function withoutZone(differenceMs: number): number {
  const zonesMs = roundToTimeZones(differenceMs);
  return Math.abs(zonesMs) <= 14 * 3_600_000 ? differenceMs - zonesMs : differenceMs;
}
