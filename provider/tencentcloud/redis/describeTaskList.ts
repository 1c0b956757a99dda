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
  /** @default all types that can change a password */
  readonly types?: readonly TaskType[];
  /** Whether to list only tasks that have not ended. @default false */
  readonly areUnfinished?: boolean;
}

export interface TaskPage {
  readonly tasks: readonly ListedTask[];
  readonly isLast: boolean;
  /** By the service's clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
}

const action = "DescribeTaskList";
/** The maximum that the service accepts. */
const longestLimit = 100;

/**
 * The pages of unfinished tasks overlap by this many: tasks that end between two requests leave the list, and so move
 * later ones to an earlier page.
 */
const overlap = 10;

/** With more pages than this, the list of an instance or a region is treated as invalid. */
const mostPages = 50;

/**
 * Reads all tasks of the last 30 days that can have changed an instance's password, whichever client started them.
 *
 * @throws the last error if the read keeps failing for some seconds
 */
export const listInstanceTasks = (client: Client, instanceId: string, deadline: Deadline) =>
  listAllTasks(client, { instanceId }, deadline, optionalReadMs);

/**
 * Reads all pages.
 *
 * @throws TransportError if there are too many
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
    // If a task is on two pages, the page that was read last has its newer state.
    for (const task of tasks) found.set(task.taskId, task);
    if (isLast) return { tasks: [...found.values()], answeredAtMs };
    range = longestPage(range.offset + range.limit - overlap);
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/** Returns the longest page that contains an index. The service requires `Offset` to be a multiple of `Limit`. */
const longestPage = (index: number): PageRange =>
  Array.from({ length: longestLimit }, (_, before) => before + 1)
    .map((limit) => ({ limit, offset: index - (index % limit) }))
    .reduce((best, range) => (range.offset + range.limit > best.offset + best.limit ? range : best));

/**
 * Reads a page of the tasks of the last 30 days, newest first.
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
