import { isApiError, messageOf } from "./errors";
import type { Client } from "./tencentcloud/client";
import type { Deadline } from "./tencentcloud/deadline";
import {
  type EndedTask,
  type Instance,
  type TaskType,
  passwordTime,
  succeededTasks,
  taskTypes,
} from "./tencentcloud/redis";
import { formatServiceTime, parseServiceTime } from "./tencentcloud/serviceTime";

/** What is known of the time of a reset, or of an adoption: the service's own times, to compare with its others. */
export interface Baseline {
  /** The task of the reset. Absent after an adoption. */
  readonly taskId?: number;
  /** When that task began. */
  readonly taskStartTime?: string;
  /** When that task had ended; after an adoption, when the password had last been set. */
  readonly passwordTime?: string;
}

/**
 * When a task has begun and ended. No action tells the end of a single task, but the answers do that accepted the reset
 * and that said it was done: the time between them, by the service's clock, is added to the beginning.
 */
export function baselineOf(task: { startTime: string; answeredAtMs: number }, acceptedAtMs: number): Baseline {
  const startMs = parseServiceTime(task.startTime);
  if (startMs === undefined) return {};
  const endMs = startMs + Math.max(0, task.answeredAtMs - acceptedAtMs);
  // A clock that is so wrong tells no time to compare with.
  if (!(endMs < Date.UTC(10_000, 0))) return {};
  return { taskStartTime: task.startTime, passwordTime: formatServiceTime(endMs) };
}

/** How far the clocks of the service's own machines may be apart. */
const toleranceMs = 60_000;

/**
 * Why the password in the code may no longer be the instance's: a sentence, or undefined where nothing is to be seen.
 * The service never tells a password, so what counts is when it was last set, and by which task.
 *
 * @param tell is called with what this run could not look at
 */
export async function findDrift(
  client: Client,
  instance: Instance & { readonly instanceId: string },
  baseline: Baseline,
  deadline: Deadline,
  tell: (text: string) => void,
): Promise<string | undefined> {
  if (instance.isPasswordFree) return "password-free mode is on";
  if (baseline.passwordTime === undefined) return undefined;
  const { instanceId } = instance;
  const setAt = await unlessRefused(tell, "when the password was last set", passwordTime(client, instanceId, deadline));
  const aheadMs = difference(setAt, baseline.passwordTime);
  // An adoption has recorded this very time, which is exact then. The end of a task is told by another clock.
  const isReset = baseline.taskStartTime !== undefined;
  if (aheadMs > (isReset ? toleranceMs : 0)) return somebodyElse(setAt);
  if (!isReset) return undefined;

  const laterTasks = async (type: TaskType): Promise<EndedTask[]> => {
    const answer = succeededTasks(client, instanceId, type, deadline);
    const tasks = await unlessRefused(tell, "which tasks have set the password", answer);
    return (tasks ?? []).filter((task) => isLater(task, baseline));
  };
  const [reset] = await laterTasks(taskTypes.passwordReset);
  if (reset) return somebodyElse(reset.startTime);
  // The clocks differ, or the account was changed right after our reset.
  const changes = aheadMs > 0 ? await laterTasks(taskTypes.accountChange) : [];
  return changes.some(({ startTime }) => difference(startTime, setAt) <= toleranceMs) ? somebodyElse(setAt) : undefined;
}

const somebodyElse = (time = ""): string =>
  `somebody else, or a run that was killed, set the password at ${time}, the service's time`;

/** A task that began in the same second has the greater number when it is the later one. */
function isLater({ taskId, startTime }: EndedTask, baseline: Baseline): boolean {
  const aheadMs = difference(startTime, baseline.taskStartTime);
  return aheadMs > 0 || (aheadMs === 0 && taskId > (baseline.taskId ?? Infinity));
}

/** Negative where one of the two is unknown: then nothing can be concluded. */
function difference(time: string | undefined, from: string | undefined): number {
  const [timeMs, fromMs] = [parseServiceTime(time), parseServiceTime(from)];
  return timeMs === undefined || fromMs === undefined ? -1 : timeMs - fromMs;
}

/** Who may not look at something, or asks about an instance too old for it, can still go on. */
export async function unlessRefused<T>(
  tell: (text: string) => void,
  what: string,
  answer: Promise<T>,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!isApiError(error)) throw error;
    tell(`${what} could not be looked at: ${messageOf(error)}`);
    return undefined;
  }
}
