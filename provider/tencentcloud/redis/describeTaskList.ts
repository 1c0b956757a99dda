import type { Client } from "../client/client";
import { TransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { type PageRange, requireNumber, requirePage } from "../transport/responseFields";
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
/** The greatest that the service takes. */
const longestLimit = 100;

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
  let range = longestPage(0);
  for (let page = 0; page < mostPages; page++) {
    const { tasks, isLast, answeredAtMs } = await listTasks(client, filter, range, deadline, patienceMs);
    // Of a task on two pages, the page that was read last has the newer state.
    for (const task of tasks) found.set(task.taskId, task);
    if (isLast) return { tasks: [...found.values()], answeredAtMs };
    range = longestPage(range.offset + range.limit - overlap);
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/** Returns the page that holds an index and reaches farthest. The service wants `Offset` to be a multiple of `Limit`. */
const longestPage = (index: number): PageRange =>
  Array.from({ length: longestLimit }, (_, before) => before + 1)
    .map((limit) => ({ limit, offset: index - (index % limit) }))
    .reduce((best, range) => (range.offset + range.limit > best.offset + best.limit ? range : best));

/**
 * Reads a page of the tasks of the last 30 days, the newest first.
 *
 * @param patienceMs how long a read that keeps failing is retried; by default until the deadline
 * @see https://cloud.tencent.com/document/product/239/39374
 */
export async function listTasks(
  client: Client,
  filter: TaskFilter,
  range: PageRange,
  deadline: Deadline,
  patienceMs?: number,
): Promise<TaskPage> {
  const parameters = { ...toParameters(filter), Limit: range.limit, Offset: range.offset };
  const response = await client({ action, parameters, deadline, patienceMs });
  const { entries, isLast } = requirePage(action, response, "Tasks", range);
  const tasks = entries.map((entry) => parseListedTask(action, entry, filter.instanceId));
  return { tasks, isLast, answeredAtMs: response.answeredAtMs };
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
