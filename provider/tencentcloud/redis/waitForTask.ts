import {
  CanceledError,
  type ResetTask,
  TaskError,
  TaskTimeoutError,
  TaskUnknownError,
  TransportError,
  isApiError,
  isTransportError,
  taskDid,
} from "../errors/errors";
import type { Client } from "../client/client";
import { type Deadline, within } from "../retry/deadline";
import { classify, refusalKind } from "../errors/classify";
import type { TaskInfo } from "./describeTaskInfo";
import { listInstanceTasks } from "./describeTaskList";
import type { TaskReader } from "./taskReader";
import type { Redactor } from "../secrets/redactor";

/**
 * Waits until a task has succeeded, and returns its state. If the service does not know it by its id any more, the
 * instance's list of tasks decides.
 *
 * @param reader shared by all waits in the same region for the same Tencent Cloud account
 * @param redactor redacts the secrets of the session from what the service says about a failed task
 * @throws TaskError as soon as the task has failed
 * @throws TaskUnknownError if the service knows no such task
 * @throws TaskTimeoutError if the task was still running at the deadline
 * @throws TransportError or ApiError if the last responses before the deadline were unusable
 */
export async function waitForTask(
  client: Client,
  task: AcceptedTask,
  deadline: Deadline,
  reader: TaskReader,
  redactor: Redactor,
): Promise<TaskInfo> {
  const beginMs = deadline.remainingMs();
  const waitedMs = (): number => beginMs - deadline.remainingMs();
  let failures: Error[] = [];
  let absences = 0;
  const firstPauseMs = Math.min(longestPauseMs, reader.usualMs, beginMs / 2);
  if (firstPauseMs > 0) await deadline.clock.sleep(firstPauseMs);
  for (;;) {
    if (deadline.clock.isCanceled?.()) {
      throw new CanceledError(`${task.action} was interrupted: ${taskDid(task, "had not ended")}`);
    }
    if (deadline.remainingMs() <= 0) {
      // A single failure may just be a response that arrived after the deadline.
      const failure = failures.length > 1 ? failures.at(-1) : undefined;
      throw failure ?? new TaskTimeoutError(task, deadline.seconds);
    }
    const askedAtMs = waitedMs();
    const found = await readTask(client, task, deadline, reader);
    if ("isAbsentAt" in found) {
      const sinceAcceptanceMs = found.isAbsentAt - task.acceptedAtMs;
      if (sinceAcceptanceMs >= listedAfterMs || waitedMs() >= listedAfterMs) absences++;
      if (absences >= enoughAbsences) throw new TaskUnknownError(task);
    } else if (found instanceof Error) {
      failures.push(found);
    } else {
      failures = [];
      absences = 0;
      if (found.status === "succeed") {
        reader.recordDuration(askedAtMs);
        return found;
      }
      if (hasFailed(found)) throw new TaskError(task, found.status, redactor.redactMessage(found.message));
    }
    await deadline.clock.sleep(Math.min(pauseMs(waitedMs(), reader.usualMs), deadline.remainingMs()));
  }
}

/** The task of a reset, and when that was accepted. */
export interface AcceptedTask extends ResetTask {
  /** When the service accepted it, by its clock, in milliseconds since 1970. */
  readonly acceptedAtMs: number;
  /**
   * When the other tasks of the instance were read before it was sent, by the same clock. Absent if they were not, or
   * by an earlier run.
   */
  readonly othersReadAtMs?: number | undefined;
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
  task: AcceptedTask,
  deadline: Deadline,
  reader: TaskReader,
): Promise<TaskInfo | Absence | Error> {
  try {
    const late = () => new TransportError("DescribeTaskInfo", "lost", "timed out");
    return await within(deadline, reader.read(client, task, deadline), late);
  } catch (error) {
    if (isPerhapsUnknown(error)) return findInList(client, task, deadline, error);
    if (isWaitedOut(error)) return error;
    throw error;
  }
}

/** Whether DescribeTaskInfo may no longer know the task. */
function isPerhapsUnknown(error: unknown): error is Error {
  const kind = refusalKind(error);
  return kind === "notFound" || kind === "perhapsNotFound";
}

/** Looks for a task in its instance's list. If the list is refused, a repeated "no such task" counts instead. */
async function findInList(
  client: Client,
  { taskId, instanceId }: AcceptedTask,
  deadline: Deadline,
  reason: Error,
): Promise<TaskInfo | Absence | Error> {
  try {
    const { tasks, answeredAtMs } = await listInstanceTasks(client, instanceId, deadline);
    const task = tasks.find((listed) => listed.taskId === taskId);
    if (!task) return { isAbsentAt: answeredAtMs };
    const { startTime, endTime } = task;
    const status = task.status === "ended" ? "failed" : task.status;
    return { status, message: "", startTime, endTime, answeredAtMs };
  } catch (error) {
    if (isWaitedOut(error)) return error;
    if (!isApiError(error)) throw error;
    return isWaitedOut(reason) ? reason : { isAbsentAt: NaN };
  }
}

/**
 * Whether to keep polling after a failure. A poll can outlast more failures than a single request: the next one may
 * meet another certificate or a usable response.
 */
export const isWaitedOut = (error: unknown): error is Error =>
  isTransportError(error) || classify(error).verdict !== "final";

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
