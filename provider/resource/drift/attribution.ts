/** Infers from the password times of accounts which account a task changed: no task names it. */
import { type Account, defaultAccount } from "../../tencentcloud/redis/describeInstanceAccount";
import { differenceMs } from "../../tencentcloud/redis/serviceTime";
import type { ListedTask } from "../../tencentcloud/redis/taskList";

/**
 * Returns the times of other accounts that changes may have set. The default account's time is left out if a reset may
 * have set it.
 */
export const timesByChanges = (others: readonly Account[], resets: readonly ListedTask[], lagsMs: number[]): string[] =>
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
export function isUnclaimed(
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
export const showsLag = (time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean =>
  fitsLag(time, changes, lagMs, secondMs) && !fitsLag(time, changes, otherLagMs, secondMs);

/** Whether the time of another account lags behind the end of a task by `lagMs`, plus or minus a second, rather than by `otherLagMs`. */
export function lagsLike(time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean {
  const lags = changes.map((change) => differenceMs(time, endOrStart(change)));
  const nearest = (to: number) => Math.min(...lags.map((lag) => Math.abs(lag - to)));
  return fitsLag(time, changes, lagMs, secondMs) && nearest(lagMs) < nearest(otherLagMs);
}

/** Whether a time lags behind the end of one of the tasks by `lagMs`, plus or minus `giveOrTakeMs`. */
const fitsLag = (time: string, tasks: readonly ListedTask[], lagMs: number, giveOrTakeMs: number): boolean =>
  tasks.some((task) => Math.abs(differenceMs(time, endOrStart(task)) - lagMs) <= giveOrTakeMs);

export const endOrStart = ({ endTime, startTime }: ListedTask): string => endTime || startTime;

/** Times are rounded to seconds. */
export const secondMs = 1000;
/** How much the lag between the end of a task and the time of the account may vary. */
const jitterMs = 5 * secondMs;
