import { isApiError, messageOf } from "./errors";
import type { Client } from "./tencentcloud/client";
import type { Deadline } from "./tencentcloud/deadline";
import {
  type ListedTask,
  type Instance,
  type TaskType,
  passwordTime,
  succeededTasks,
  taskTypes,
} from "./tencentcloud/redis";
import { formatServiceTime, parseServiceTime } from "./tencentcloud/serviceTime";

/** What is known of a reset, or of an adoption: the service's own times, to compare with its others. */
export interface Baseline {
  /** The task of the reset. Absent after an adoption. */
  readonly taskId?: number;
  /** When that task began; after an adoption, when the last reset before it did. */
  readonly taskStartTime?: string;
  /** When that task had ended; after an adoption, when the password had last been set. */
  readonly passwordTime?: string;
}

/**
 * When a task has begun and ended. Only the list tells the end, but the answers do that accepted the reset and that said
 * it was done: the time between them, by the service's clock, is added to the beginning.
 */
export function resetBaseline(
  task: { startTime: string; endTime?: string; answeredAtMs: number },
  acceptedAtMs: number,
): Baseline {
  const startMs = parseServiceTime(task.startTime);
  if (startMs === undefined) return {};
  const endMs = parseServiceTime(task.endTime) ?? startMs + Math.max(0, task.answeredAtMs - acceptedAtMs);
  // A clock that is so wrong tells no time to compare with.
  if (!(endMs < Date.UTC(10_000, 0))) return {};
  return { taskStartTime: task.startTime, passwordTime: formatServiceTime(endMs) };
}

/** The same, where a later run finds that the task has ended: when, only the list of tasks tells. */
export async function lateBaseline(service: Service, taskId: number, task: { startTime: string }): Promise<Baseline> {
  const resets = await askTasks(service, taskTypes.passwordReset);
  const endTime = resets?.find((reset) => reset.taskId === taskId)?.endTime;
  return {
    ...(parseServiceTime(task.startTime) !== undefined && { taskStartTime: task.startTime }),
    ...(parseServiceTime(endTime) !== undefined && { passwordTime: endTime }),
  };
}

/** How the password of an instance stands that is about to be adopted. */
export async function adoptionBaseline(service: Service): Promise<Baseline> {
  const setAt = await askPasswordTime(service);
  const resets = await askTasks(service, taskTypes.passwordReset);
  const starts = resets?.map(({ startTime }) => startTime).sort();
  return {
    ...(starts && { taskStartTime: starts.at(-1) ?? beforeAnyTask }),
    ...(setAt !== undefined && { passwordTime: setAt }),
  };
}

const beforeAnyTask = "1970-01-01 00:00:00";

/** Whom to ask about an instance. */
export interface Service {
  readonly client: Client;
  readonly instanceId: string;
  readonly deadline: Deadline;
  /** Called with what this run could not look at. */
  readonly tell: (text: string) => void;
}

/** How far the clocks of the service's own machines may be apart. */
const toleranceMs = 60_000;

/**
 * Why the password in the code may no longer be the instance's: a sentence, or undefined where nothing is to be seen.
 * The service never tells a password, so what counts is when it was last set, and by which task.
 */
export async function findDrift(service: Service, baseline: Baseline): Promise<string | undefined> {
  if (baseline.taskStartTime === undefined && baseline.passwordTime === undefined) return undefined;
  const setAt = await askPasswordTime(service);
  const resets = (await askTasks(service, taskTypes.passwordReset)) ?? [];
  const ours = resets.find(({ taskId }) => taskId === baseline.taskId) ?? {
    taskId: baseline.taskId ?? Infinity,
    startTime: baseline.taskStartTime ?? "",
    endTime: "",
  };
  const later = resets.find((task) => isLater(task, ours));
  if (later) return somebodyElse(later.endTime || later.startTime);

  const aheadMs = difference(setAt, ours.endTime || baseline.passwordTime);
  if (!(aheadMs > 0)) return undefined;
  // An adoption has recorded this very time, which is exact then. The end of a task may be told by another clock.
  if (baseline.taskId === undefined) return somebodyElse(setAt);
  // A change of an account may have been one of root's password: if it ended about when that was set.
  const changes = (await askTasks(service, taskTypes.accountChange)) ?? [];
  const explains = ({ startTime, endTime }: ListedTask) =>
    Math.abs(difference(setAt, endTime || startTime)) < Math.min(aheadMs, toleranceMs);
  if (changes.some((task) => isLater(task, ours) && explains(task))) return somebodyElse(setAt);
  return isBeyondClocks(aheadMs) ? somebodyElse(setAt) : undefined;
}

/** The same, where the instance has been described already, or is not there. */
export async function driftOf(
  service: Service,
  instance: Instance | undefined,
  baseline: Baseline,
): Promise<string | undefined> {
  return instance?.isPasswordFree ? "password-free mode is on" : findDrift(service, baseline);
}

/** Whether a time is later by more than clocks, or time zones, that differ: these do so by quarters of an hour. */
function isBeyondClocks(aheadMs: number): boolean {
  const quarterMs = 15 * 60_000;
  const zonesMs = Math.round(aheadMs / quarterMs) * quarterMs;
  const areZonesPossible = zonesMs <= 14 * 4 * quarterMs;
  return Math.abs(aheadMs - (areZonesPossible ? zonesMs : 0)) > toleranceMs;
}

const somebodyElse = (time = ""): string =>
  `somebody else, or a run that was killed, set the password at ${time}, the service's time`;

/** Who ends last sets the password. Of two at the same time, the one with the greater number is the later one. */
function isLater(task: ListedTask, other: ListedTask): boolean {
  const areEndsKnown = [task, other].every(({ endTime }) => parseServiceTime(endTime) !== undefined);
  const time = areEndsKnown ? "endTime" : "startTime";
  const aheadMs = difference(task[time], other[time]);
  return aheadMs > 0 || (aheadMs === 0 && task.taskId > other.taskId);
}

/** Not a number where one of the two is unknown, which compares with nothing. */
function difference(time: string | undefined, from: string | undefined): number {
  return (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);
}

const askPasswordTime = ({ client, instanceId, deadline, tell }: Service): Promise<string | undefined> =>
  unlessRefused("when the password was last set", passwordTime(client, instanceId, deadline), tell);

const askTasks = ({ client, instanceId, deadline, tell }: Service, type: TaskType): Promise<ListedTask[] | undefined> =>
  unlessRefused("which tasks have set the password", succeededTasks(client, instanceId, type, deadline), tell);

/** Who may not look at something, or asks about an instance too old for it, can still go on. */
async function unlessRefused<T>(
  what: string,
  answer: Promise<T>,
  tell: (text: string) => void,
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!isApiError(error)) throw error;
    tell(`${what} could not be looked at: ${messageOf(error)}`);
    return undefined;
  }
}
