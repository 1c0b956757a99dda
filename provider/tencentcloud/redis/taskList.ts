import type { PasswordAction } from "../errors/errors";
import { missingField, readText } from "../transport/responseFields";
import { parseServiceTime, readServiceTime } from "./serviceTime";

/**
 * The service's task types that can change a password: a reset, a switch to password-free mode, and any change of an
 * account, which may be its password.
 */
export const taskTypes = { passwordReset: "007", passwordFree: "035", accountChange: "037" } as const;
export type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** The type of task that each action starts. */
export const changeTypes: Readonly<Record<PasswordAction, TaskType>> = {
  ResetPassword: taskTypes.passwordReset,
  ModifyInstanceAccount: taskTypes.accountChange,
};

/**
 * Returns whether a task may set the password of an account. Resets and password-free mode concern only the default
 * account, which is undefined here. A change may concern any account, since tasks do not name theirs.
 */
export const mayConcern = ({ type }: ListedTask, account: string | undefined): boolean =>
  account === undefined || type === taskTypes.accountChange;

/** A task in the service's list. Only the task itself shows why it has failed. */
export interface ListedTask {
  readonly taskId: number;
  readonly instanceId: string;
  readonly type: string;
  /** `ended`: neither running nor succeeded. */
  readonly status: "running" | "succeed" | "ended";
  /** In the service's format; empty if the service does not say, or the task has not started or ended yet. */
  readonly startTime: string;
  readonly endTime: string;
}

export const isUnfinished = ({ status }: ListedTask): boolean => status === "running";

/** Tasks that have not ended and may still set a password. */
export interface UnfinishedTasks {
  readonly awaited: readonly ListedTask[];
  /** Tasks that have been running for more than a day: they may never end, so nothing waits for them. */
  readonly ignored: readonly ListedTask[];
}

/**
 * Returns the tasks that have not ended, split by whether to wait for them.
 *
 * @param answeredAtMs when the service listed them, by its clock
 * @param exceptTaskId a task to leave out
 */
export function splitUnfinished(
  tasks: readonly ListedTask[],
  answeredAtMs: number,
  exceptTaskId?: number,
): UnfinishedTasks {
  const unfinished = tasks.filter((task) => isUnfinished(task) && task.taskId !== exceptTaskId);
  return {
    awaited: unfinished.filter((task) => !isOverADayOld(task, answeredAtMs)),
    ignored: unfinished.filter((task) => isOverADayOld(task, answeredAtMs)),
  };
}

const dayMs = 86_400_000;

/** The service appears to write its times in China's time zone. */
const serviceZoneMs = 8 * 3_600_000;

function isOverADayOld({ startTime }: ListedTask, answeredAtMs: number): boolean {
  const startMs = parseServiceTime(startTime);
  return startMs !== undefined && answeredAtMs - (startMs - serviceZoneMs) > dayMs;
}

/** The service's result codes of a task that has not ended: initialized, running. */
export const unfinishedResults: readonly number[] = [0, 1];
const succeeded = 2;

/**
 * Returns the task in an entry of a list.
 *
 * @param listedFor the instance whose tasks are listed, unless the list is a region's
 * @throws TransportError if the entry does not identify its task and instance, since the task may set a password
 */
export function parseListedTask(
  action: string,
  entry: Record<string, unknown>,
  listedFor: string | undefined,
): ListedTask {
  const { TaskId, InstanceId: instanceId = listedFor, TaskType, Result, StartTime, EndTime } = entry;
  const taskId = typeof TaskId === "string" && /^\d+$/.test(TaskId) ? Number(TaskId) : TaskId;
  if (typeof taskId !== "number") throw missingField(action, "TaskId");
  if (typeof instanceId !== "string") throw missingField(action, "InstanceId");
  const [startTime, endTime] = [readServiceTime(StartTime), readServiceTime(EndTime)];
  return { taskId, instanceId, type: readText(TaskType), status: parseResult(Result, endTime), startTime, endTime };
}

/** Without a valid result, a task counts as running until it has an end time. */
function parseResult(result: unknown, endTime: string): ListedTask["status"] {
  if (result === succeeded) return "succeed";
  const isRunning = typeof result === "number" ? unfinishedResults.includes(result) : endTime === "";
  return isRunning ? "running" : "ended";
}
