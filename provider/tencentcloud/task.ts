import { setTimeout as sleep } from "node:timers/promises";

import { TaskError, TaskTimeoutError, type TransportError, isTransportError } from "../errors";
import type { Client } from "./client";
import type { Deadline } from "./deadline";
import { type TaskInfo, describeTaskInfo } from "./redis";

/**
 * Waits until a task has succeeded, and tells what the service then says of it.
 *
 * @throws TaskError at once when the task has failed
 * @throws TaskTimeoutError when it was still running at the deadline
 * @throws TransportError when the last answers before the deadline could not be used
 */
export async function waitForTask(
  client: Client,
  taskId: number,
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown> = sleep,
): Promise<TaskInfo> {
  let failures: TransportError[] = [];
  for (let poll = 0; ; poll++) {
    if (deadline.remainingMs() <= 0) {
      // A single one may only have come too late for its answer.
      const failure = failures.length > 1 ? failures.at(-1) : undefined;
      throw failure ?? new TaskTimeoutError(taskId, deadline.seconds);
    }
    const task = await readTask(client, taskId, deadline);
    if (isTransportError(task)) {
      failures.push(task);
    } else {
      failures = [];
      if (task.status === "succeed") return task;
      if (hasFailed(task)) throw new TaskError(taskId, task.status, task.message);
    }
    await delay(Math.min(pollDelayMs(poll), deadline.remainingMs()));
  }
}

/** Reading is harmless, so an answer that cannot be used only means to ask again at the next turn. */
async function readTask(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo | TransportError> {
  try {
    return await describeTaskInfo(client, taskId, deadline);
  } catch (error) {
    if (isTransportError(error)) return error;
    throw error;
  }
}

/** A status that is not documented is waited out: it could be a new word for a task that still runs. */
const hasFailed = ({ status }: TaskInfo): boolean => status === "failed" || status === "error";

/** Half a second at first, since most resets are quick, then slower, up to 5 s. */
const pollDelayMs = (poll: number): number => Math.min(5_000, 500 * 1.3 ** poll);
