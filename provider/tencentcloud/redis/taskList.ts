import type { PasswordAction } from "../errors/errors";
import { missingField, readText } from "../transport/responseFields";
import { parseServiceTime, readServiceTime } from "./serviceTime";

/**
 * The service's types of tasks that can change a password: a reset, a switch to password-free mode, and any change of
 * an account, which may be its password.
 */
export const taskTypes = { passwordReset: "007", passwordFree: "035", accountChange: "037" } as const;
export type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** The type of the tasks that each action starts. */
export const changeTypes: Readonly<Record<PasswordAction, TaskType>> = {
  ResetPassword: taskTypes.passwordReset,
  ModifyInstanceAccount: taskTypes.accountChange,
};

/**
 * Whether a task may set the password of an account: only the default account, which is not named, can be reset, or be
 * password-free. Which account a change is of, no task says.
 */
export const mayConcern = ({ type }: ListedTask, account: string | undefined): boolean =>
  account === undefined || type === taskTypes.accountChange;

/** A task as the list reports it. Why one has failed, only the task itself tells. */
export interface ListedTask {
  readonly taskId: number;
  readonly instanceId: string;
  readonly type: string;
  /** `ended`: neither running nor succeeded. */
  readonly status: "running" | "succeed" | "ended";
  /** As the service writes times; empty if it does not say, or that is still to come. */
  readonly startTime: string;
  readonly endTime: string;
}

export const isUnfinished = ({ status }: ListedTask): boolean => status === "running";

/** Tasks that have not ended and may set a password yet. */
export interface UnfinishedTasks {
  readonly awaited: readonly ListedTask[];
  /** Those that have been running for over a day: nobody can tell whether they ever end, so nothing waits for them. */
  readonly ignored: readonly ListedTask[];
}

/**
 * Returns the tasks that have not ended, by whether anything waits for their end.
 *
 * @param answeredAtMs when the service listed them, by its clock
 * @param exceptTaskId a task that does not count
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

/** The service writes its times in China's zone, as far as is known. */
const serviceZoneMs = 8 * 3_600_000;

function isOverADayOld({ startTime }: ListedTask, answeredAtMs: number): boolean {
  const startMs = parseServiceTime(startTime);
  return startMs !== undefined && answeredAtMs - (startMs - serviceZoneMs) > dayMs;
}

/** The service's results of a task that has not ended: initialized, running. */
export const unfinishedResults: readonly number[] = [0, 1];
const succeeded = 2;

/**
 * Returns the task in an entry of a list.
 *
 * @param listedFor the instance that the list is about, if it is about one
 * @throws TransportError when the entry does not say which task of which instance it is: it may be one that sets a
 * password
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

/** Without a usable result, a task counts as running until the service says when it ended. */
function parseResult(result: unknown, endTime: string): ListedTask["status"] {
  if (result === succeeded) return "succeed";
  const isRunning = typeof result === "number" ? unfinishedResults.includes(result) : endTime === "";
  return isRunning ? "running" : "ended";
}
