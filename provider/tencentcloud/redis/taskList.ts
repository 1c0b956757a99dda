import { TransportError } from "../errors/errors";
import type { Client } from "../client/client";
import type { Deadline } from "../retry/deadline";
import { missingField, requireList, requireNumber, textOf } from "../transport/request";
import { parseServiceTime, timeOf } from "./serviceTime";

/**
 * The service's types of tasks that can change a password: a reset, a switch to password-free mode, and any change of
 * an account, which may be its password.
 */
export const taskTypes = { passwordReset: "007", passwordFree: "035", accountChange: "037" } as const;
type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** A task as the list tells it. Why one has failed, only the task itself tells. */
export interface ListedTask {
  readonly taskId: number;
  readonly instanceId: string;
  readonly type: string;
  /** `ended`: neither running nor succeeded. */
  readonly status: "running" | "succeed" | "ended";
  /** As the service writes times; empty where it does not tell, or that is still to come. */
  readonly startTime: string;
  readonly endTime: string;
}

export interface TaskFilter {
  /** @default all instances of the region */
  readonly instanceId?: string;
  /** @default all that can change a password */
  readonly types?: readonly TaskType[];
  /** Whether only tasks that have not ended are asked for. @default false */
  readonly areUnfinished?: boolean;
}

export interface TaskPage {
  readonly tasks: readonly ListedTask[];
  /** How many tasks the filter finds on all pages, where the service tells. */
  readonly total: number;
  readonly isLast: boolean;
  /** By the service's clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
}

const action = "DescribeTaskList";
const pageSize = 100;

/** Tasks may end, and so leave the list of unfinished ones, while its pages are read: the pages overlap by so many. */
const overlap = 10;

/** The service's results of a task that has not ended: initialized, running. */
const unfinishedResults: readonly unknown[] = [0, 1];
const succeeded = 2;

/**
 * Reads a page of the tasks of the last 30 days, the newest first.
 *
 * @param patienceMs how long a read that keeps failing is retried; by default until the deadline
 * @see https://cloud.tencent.com/document/product/239/39374
 */
export async function listTasks(
  client: Client,
  { instanceId, types = Object.values(taskTypes), areUnfinished = false }: TaskFilter,
  offset: number,
  deadline: Deadline,
  patienceMs?: number,
): Promise<TaskPage> {
  const parameters = {
    ...(instanceId !== undefined && { InstanceId: instanceId }),
    TaskTypes: types,
    ...(areUnfinished && { Result: unfinishedResults }),
    Limit: pageSize,
    Offset: offset,
  };
  const response = await client({ action, parameters, deadline, ...(patienceMs !== undefined && { patienceMs }) });
  const entries = requireList(action, response, "Tasks");
  const { TotalCount, answeredAtMs } = response;
  const total = typeof TotalCount === "number" ? TotalCount : offset + entries.length;
  const tasks = entries.map((entry) => taskIn(entry, instanceId));
  return { tasks, total, isLast: entries.length < pageSize, answeredAtMs };
}

/** More pages than this of one instance's or one region's tasks are no list that can be read. */
const mostPages = 50;

/**
 * Reads all pages.
 *
 * @throws TransportError when they never end
 */
export async function listAllTasks(
  client: Client,
  filter: TaskFilter,
  deadline: Deadline,
  patienceMs?: number,
): Promise<Pick<TaskPage, "tasks" | "answeredAtMs">> {
  const found = new Map<number, ListedTask>();
  for (let page = 0; page < mostPages; page++) {
    const { tasks, isLast, answeredAtMs } = await listTasks(
      client,
      filter,
      page * (pageSize - overlap),
      deadline,
      patienceMs,
    );
    // The page that was read last is the newer word on a task.
    for (const task of tasks) found.set(task.taskId, task);
    if (isLast) return { tasks: [...found.values()], answeredAtMs };
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/** How many tasks the filter finds. */
export async function countTasks(client: Client, parameters: object, deadline: Deadline): Promise<number> {
  const response = await client({ action, parameters: { ...parameters, Limit: 1 }, deadline });
  return requireNumber(action, response, "TotalCount");
}

/**
 * The task that an entry of a list is about.
 *
 * @throws TransportError when it does not tell which task of which instance: it may be one that sets a password
 */
function taskIn(entry: Record<string, unknown>, ofInstance: string | undefined): ListedTask {
  const { TaskId, InstanceId: instanceId = ofInstance, TaskType, Result, StartTime, EndTime } = entry;
  const taskId = typeof TaskId === "string" && /^\d+$/.test(TaskId) ? Number(TaskId) : TaskId;
  if (typeof taskId !== "number") throw missingField(action, "TaskId");
  if (typeof instanceId !== "string") throw missingField(action, "InstanceId");
  const [startTime, endTime] = [timeOf(StartTime), timeOf(EndTime)];
  return { taskId, instanceId, type: textOf(TaskType), status: statusOf(Result, endTime), startTime, endTime };
}

/** Without a usable result, a task counts as running until the service tells its end. */
function statusOf(result: unknown, endTime: string): ListedTask["status"] {
  if (result === succeeded) return "succeed";
  const isRunning = unfinishedResults.includes(result) || (typeof result !== "number" && endTime === "");
  return isRunning ? "running" : "ended";
}

const dayMs = 86_400_000;

/** The service writes its times in China's zone, as far as is known. */
const serviceZoneMs = 8 * 3_600_000;

/** Whether a task has been running for over a day: nobody can tell whether it ever ends. */
export function isOverADayOld({ startTime }: ListedTask, answeredAtMs: number): boolean {
  const startMs = parseServiceTime(startTime);
  return startMs !== undefined && answeredAtMs - (startMs - serviceZoneMs) > dayMs;
}
