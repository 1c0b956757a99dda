import { TaskError, TaskTimeoutError, TransportError, isTransportError } from "../errors";
import type { Client } from "./client";
import { type Deadline, within } from "./deadline";
import type { TaskInfo } from "./redis";
import { TaskReader } from "./taskReader";

/**
 * Waits until a task has succeeded, and tells what the service then says of it.
 *
 * @param reader one for all who wait in the same region on behalf of the same account
 * @throws TaskError at once when the task has failed
 * @throws TaskTimeoutError when it was still running at the deadline
 * @throws TransportError when the last answers before the deadline could not be used
 */
export async function waitForTask(
  client: Client,
  taskId: number,
  deadline: Deadline,
  reader = new TaskReader(),
  delay: (delayMs: number) => Promise<unknown> = deadline.clock.sleep,
): Promise<TaskInfo> {
  const beginMs = deadline.remainingMs();
  const waitedMs = (): number => beginMs - deadline.remainingMs();
  let seenRunningAtMs = 0;
  let failures: TransportError[] = [];
  for (;;) {
    if (deadline.remainingMs() <= 0) {
      // A single one may only have come too late for its answer.
      const failure = failures.length > 1 ? failures.at(-1) : undefined;
      throw failure ?? new TaskTimeoutError(taskId, deadline.seconds);
    }
    const task = await readTask(reader.read(client, taskId, deadline), deadline);
    if (isTransportError(task)) {
      failures.push(task);
    } else {
      failures = [];
      if (task.status === "succeed") {
        reader.learn(seenRunningAtMs);
        return task;
      }
      if (hasFailed(task)) throw new TaskError(taskId, task.status, task.message);
      seenRunningAtMs = waitedMs();
    }
    await delay(Math.min(pauseMs(waitedMs(), reader.usualMs), deadline.remainingMs()));
  }
}

/** Reading is harmless, so an answer that cannot be used only means to ask again at the next turn. */
async function readTask(answer: Promise<TaskInfo>, deadline: Deadline): Promise<TaskInfo | TransportError> {
  try {
    return await within(deadline, answer, () => new TransportError("DescribeTaskInfo", "lost", "no answer in time"));
  } catch (error) {
    if (isTransportError(error)) return error;
    throw error;
  }
}

/** A status that is not documented is waited out: it could be a new word for a task that still runs. */
const hasFailed = ({ status }: TaskInfo): boolean => status === "failed" || status === "error";

/**
 * Until tasks usually end; from then on an end is noticed late by at most 15 % of the time that it took. Half a second
 * at least, 5 s at most.
 */
const pauseMs = (waitedMs: number, usualMs: number): number =>
  Math.min(5_000, Math.max(500, usualMs - waitedMs, 0.15 * waitedMs));
