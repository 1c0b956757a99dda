import {
  CanceledError,
  type PasswordAction,
  TaskError,
  TaskTimeoutError,
  TaskUnknownError,
  TransportError,
  isTransportError,
  taskDid,
} from "../errors/errors";
import type { Client } from "../client/client";
import { type Deadline, within } from "../retry/deadline";
import { classify, refusalKind } from "../errors/classify";
import type { TaskInfo } from "./describeTaskInfo";
import { instanceTasks } from "./describeTaskList";
import type { TaskReader } from "./taskReader";

/**
 * Waits until a task has succeeded, and returns its state.
 *
 * @param reader shared by all waits in the same region for the same Tencent Cloud account
 * @param origin the instance whose list of tasks decides if the service does not know the task by its id any more
 * @throws TaskError as soon as the task has failed
 * @throws TaskUnknownError if the service knows no such task
 * @throws TaskTimeoutError if the task was still running at the deadline
 * @throws TransportError or ApiError if the last responses before the deadline were unusable
 */
export async function waitForTask(
  client: Client,
  taskId: number,
  deadline: Deadline,
  reader: TaskReader,
  origin?: TaskOrigin,
): Promise<TaskInfo> {
  const { action = "ResetPassword" } = origin ?? {};
  const { acceptedAtMs, ...told } = origin ?? {};
  const named = { action, taskId, ...told };
  const beginMs = deadline.remainingMs();
  const waitedMs = (): number => beginMs - deadline.remainingMs();
  let failures: Error[] = [];
  let absences = 0;
  const firstPauseMs = Math.min(longestPauseMs, reader.usualMs, beginMs / 2);
  if (firstPauseMs > 0) await deadline.clock.sleep(firstPauseMs);
  for (;;) {
    if (deadline.clock.isCanceled?.()) {
      throw new CanceledError(`${action} was interrupted: ${taskDid(named, "had not ended")}`);
    }
    if (deadline.remainingMs() <= 0) {
      // A single failure may just be a response that arrived after the deadline.
      const failure = failures.length > 1 ? failures.at(-1) : undefined;
      throw failure ?? new TaskTimeoutError(named, deadline.seconds);
    }
    const askedAtMs = waitedMs();
    const task = await readTask(client, taskId, deadline, reader, origin);
    if ("isAbsentAt" in task) {
      const sinceAcceptanceMs = task.isAbsentAt - (acceptedAtMs ?? NaN);
      if (sinceAcceptanceMs >= listedAfterMs || waitedMs() >= listedAfterMs) absences++;
      if (absences >= enoughAbsences) throw new TaskUnknownError(named);
    } else if (task instanceof Error) {
      failures.push(task);
    } else {
      failures = [];
      absences = 0;
      if (task.status === "succeed") {
        reader.recordDuration(askedAtMs);
        return task;
      }
      if (hasFailed(task)) throw new TaskError(named, task.status, task.message);
    }
    await deadline.clock.sleep(Math.min(pauseMs(waitedMs(), reader.usualMs), deadline.remainingMs()));
  }
}

/** Where a task comes from: its instance and its request. */
export interface TaskOrigin {
  /** @default ResetPassword */
  readonly action?: PasswordAction;
  readonly instanceId: string;
  /** Absent for the default account. */
  readonly account?: string | undefined;
  /** The request that was accepted. */
  readonly requestId: string;
  /** When the service accepted it, by its clock, in milliseconds since 1970. */
  readonly acceptedAtMs: number;
}

/** The service did not know the task at this time, by its clock. */
interface Absence {
  readonly isAbsentAt: number;
}

/** A task is listed within this time after its acceptance: until then, its absence means nothing. */
const listedAfterMs = 10_000;

/** A single list may be incomplete. */
const enoughAbsences = 2;

/**
 * Returns the state of a task, a transient failure, or that the service does not know the task. A read is harmless:
 * after an unusable response, the next poll asks again.
 */
async function readTask(
  client: Client,
  taskId: number,
  deadline: Deadline,
  reader: TaskReader,
  origin: TaskOrigin | undefined,
): Promise<TaskInfo | Absence | Error> {
  try {
    const late = () => new TransportError("DescribeTaskInfo", "lost", "no answer in time");
    return await within(deadline, reader.read(client, taskId, deadline), late);
  } catch (error) {
    if (origin && isPerhapsUnknown(error)) return findInList(client, taskId, origin.instanceId, deadline, error);
    if (isWaitedOut(error)) return error;
    throw error;
  }
}

/** Whether DescribeTaskInfo may no longer know the task. */
function isPerhapsUnknown(error: unknown): error is Error {
  const kind = refusalKind(error);
  return kind === "notFound" || kind === "perhapsNotFound";
}

/** Looks for a task in its instance's list. If the list is denied, a repeated "no such task" counts instead. */
async function findInList(
  client: Client,
  taskId: number,
  instanceId: string,
  deadline: Deadline,
  reason: Error,
): Promise<TaskInfo | Absence | Error> {
  try {
    const { tasks, answeredAtMs } = await instanceTasks(client, instanceId, deadline);
    const task = tasks.find((listed) => listed.taskId === taskId);
    if (!task) return { isAbsentAt: answeredAtMs };
    const { startTime, endTime } = task;
    const status = task.status === "ended" ? "failed" : task.status;
    return { status, message: "", startTime, endTime, answeredAtMs };
  } catch (error) {
    if (isWaitedOut(error)) return error;
    return isWaitedOut(reason) ? reason : { isAbsentAt: NaN };
  }
}

/**
 * Whether to keep polling after a failure. A poll can outlast more failures than a single request: the next one may
 * meet another certificate or a usable response.
 */
const isWaitedOut = (error: unknown): error is Error => isTransportError(error) || classify(error).verdict !== "final";

/** An undocumented status is waited out: it could be a new name for a running task. */
const hasFailed = ({ status }: TaskInfo): boolean => status === "failed" || status === "error";

/** However long tasks usually take, a failed one must be noticed soon. */
const longestPauseMs = 10_000;

/**
 * Waits until tasks usually end. After that, an end is noticed late by at most 15 % of the task's duration, between 0.5
 * s and 5 s.
 */
const pauseMs = (waitedMs: number, usualMs: number): number =>
  Math.max(Math.min(longestPauseMs, usualMs - waitedMs), Math.min(5_000, Math.max(500, 0.15 * waitedMs)));
