import type { Client } from "../client/client";
import { TransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { requireList, requireNumber } from "../transport/responseFields";
import { optionalReadMs } from "./optionalReadMs";
import { type ListedTask, type TaskType, parseListedTask, taskTypes, unfinishedResults } from "./taskList";
import type { RequestParameters } from "../transport/request";

export interface TaskFilter {
  /** @default all instances of the region */
  readonly instanceId?: string;
  /** @default all that can change a password */
  readonly types?: readonly TaskType[];
  /** Whether only tasks that have not ended are listed. @default false */
  readonly areUnfinished?: boolean;
}

export interface TaskPage {
  readonly tasks: readonly ListedTask[];
  readonly isLast: boolean;
  /** By the service's clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
}

const action = "DescribeTaskList";
const pageSize = 100;

/** Tasks may end, and so leave the list of unfinished ones, while its pages are read: the pages overlap by this many. */
const overlap = 10;

/** More pages than this of one instance's or one region's tasks are no list that can be read. */
const mostPages = 50;

/**
 * Reads the tasks of an instance that can have changed its password in the last 30 days, by any client.
 *
 * @throws whatever is still wrong after some seconds
 */
export const instanceTasks = (client: Client, instanceId: string, deadline: Deadline) =>
  listAllTasks(client, { instanceId }, deadline, optionalReadMs);

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
    const offset = page * (pageSize - overlap);
    const { tasks, isLast, answeredAtMs } = await listTasks(client, filter, offset, deadline, patienceMs);
    // Of a task on two pages, the page that was read last has the newer state.
    for (const task of tasks) found.set(task.taskId, task);
    if (isLast) return { tasks: [...found.values()], answeredAtMs };
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/**
 * Reads a page of the tasks of the last 30 days, the newest first.
 *
 * @param patienceMs how long a read that keeps failing is retried; by default until the deadline
 * @see https://cloud.tencent.com/document/product/239/39374
 */
export async function listTasks(
  client: Client,
  filter: TaskFilter,
  offset: number,
  deadline: Deadline,
  patienceMs?: number,
): Promise<TaskPage> {
  const parameters = { ...toParameters(filter), Limit: pageSize, Offset: offset };
  const response = await client({ action, parameters, deadline, ...(patienceMs !== undefined && { patienceMs }) });
  const entries = requireList(action, response, "Tasks");
  const tasks = entries.map((entry) => parseListedTask(action, entry, filter.instanceId));
  return { tasks, isLast: entries.length < pageSize, answeredAtMs: response.answeredAtMs };
}

/** Counts the tasks that match a filter. */
export async function countTasks(client: Client, filter: TaskFilter, deadline: Deadline): Promise<number> {
  const response = await client({ action, parameters: { ...toParameters(filter), Limit: 1 }, deadline });
  return requireNumber(action, response, "TotalCount");
}

const toParameters = ({
  instanceId,
  types = Object.values(taskTypes),
  areUnfinished = false,
}: TaskFilter): RequestParameters => ({
  ...(instanceId !== undefined && { InstanceId: instanceId }),
  TaskTypes: types,
  ...(areUnfinished && { Result: unfinishedResults }),
});
