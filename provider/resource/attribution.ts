/** Which account an unnamed one of several changes was of, as far as the times of accounts show it. */
import { type Account, defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";
import { differenceMs } from "../tencentcloud/redis/serviceTime";
import type { ListedTask } from "../tencentcloud/redis/taskList";

/** Returns the times of other accounts that changes may have set: a reset may have set that of the default account. */
export const timesByChanges = (others: readonly Account[], resets: readonly ListedTask[], lagsMs: number[]): string[] =>
  others
    .filter(({ name, passwordTime = "" }) => {
      const isReset = lagsMs.some((lagMs) => fitsLag(passwordTime, resets, lagMs, jitterMs));
      return name !== defaultAccount || !isReset;
    })
    .flatMap(({ passwordTime = [] }) => passwordTime);

/**
 * Whether a change, which names no account, may have set the password of ours: the rest of the changes then explains as
 * many times of other accounts, each by one of its own, as all changes do otherwise. An explanation to the second decides;
 * a rough one counts where no time fits this change to the second otherwise.
 *
 * @param lags by how much the time of ours then lags behind the change, which others may do too, and by how much it lags
 * behind our own task otherwise
 */
export function isUnclaimed(
  change: ListedTask,
  { lagMs, aheadMs }: Lags,
  changes: readonly ListedTask[],
  otherTimes: readonly string[],
): boolean {
  const rest = changes.filter((other) => other !== change);
  // What neither explains, such as the creation of an account, tells nothing.
  const otherwise = countExplained(otherTimes, changes, aheadMs, jitterMs);
  if (countExplained(otherTimes, rest, lagMs, secondMs) >= otherwise) return true;
  const fitsExactly = otherTimes.some((time) => fitsLag(time, [change], aheadMs, secondMs));
  return !fitsExactly && countExplained(otherTimes, rest, lagMs, jitterMs) >= otherwise;
}

interface Lags {
  readonly lagMs: number;
  readonly aheadMs: number;
}

/** Counts the times that changes may have set, each by one of its own. */
function countExplained(
  times: readonly string[],
  changes: readonly ListedTask[],
  lagMs: number,
  giveOrTakeMs: number,
): number {
  // All may lag by equally much, so the earliest change that fits leaves most for the later times.
  let unused = [...changes].sort((a, b) => differenceMs(endOrStart(a), endOrStart(b)));
  const explained = [...times].sort(differenceMs).filter((time) => {
    const explaining = unused.find((task) => fitsLag(time, [task], lagMs, giveOrTakeMs));
    unused = unused.filter((other) => other !== explaining);
    return explaining !== undefined;
  });
  return explained.length;
}

/** Whether the time of another account shows that times of accounts lag behind the ends of tasks by one lag, not by the other. */
export const showsLag = (time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean =>
  fitsLag(time, changes, lagMs, secondMs) && !fitsLag(time, changes, otherLagMs, secondMs);

/** Whether the time of another account lags behind the end of a task by one lag, give or take a second, and rather than by the other. */
export function lagsLike(time: string, changes: readonly ListedTask[], lagMs: number, otherLagMs: number): boolean {
  const lags = changes.map((change) => differenceMs(time, endOrStart(change)));
  const nearest = (to: number) => Math.min(...lags.map((lag) => Math.abs(lag - to)));
  return nearest(lagMs) <= secondMs && nearest(lagMs) < nearest(otherLagMs);
}

/** Whether a time is so much after the end of a task, give or take. */
const fitsLag = (time: string, tasks: readonly ListedTask[], lagMs: number, giveOrTakeMs: number): boolean =>
  tasks.some((task) => Math.abs(differenceMs(time, endOrStart(task)) - lagMs) <= giveOrTakeMs);

export const endOrStart = ({ endTime, startTime }: ListedTask): string => endTime || startTime;

/** Times are rounded to seconds. */
export const secondMs = 1000;
/** By how much the lag of times of accounts behind the ends of tasks may vary. */
const jitterMs = 5 * secondMs;
