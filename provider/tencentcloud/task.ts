import { setTimeout as sleep } from "node:timers/promises";

import { TaskError, TaskTimeoutError, isTransportError } from "../errors";
import type { Client } from "./client";
import { type TaskInfo, describeTaskInfo } from "./redis";

export interface WaitOptions {
  readonly timeoutSeconds: number;
  /** The time now, in milliseconds. @default the system's monotonic clock */
  readonly now?: () => number;
  readonly delay?: (delayMs: number) => Promise<unknown>;
}

/**
 * Waits until a task has succeeded.
 *
 * @throws TaskError at once when the task has failed
 * @throws TaskTimeoutError when it was still running at the end of the time
 */
export async function waitForTask(client: Client, taskId: number, options: WaitOptions): Promise<void> {
  const { timeoutSeconds, now = () => performance.now(), delay = sleep } = options;
  const deadline = now() + timeoutSeconds * 1000;
  for (let poll = 0; ; poll++) {
    const remainingMs = deadline - now();
    if (remainingMs <= 0) throw new TaskTimeoutError(taskId, timeoutSeconds);
    const task = await readTask(client, taskId, remainingMs);
    if (task?.status === "succeed") return;
    if (task && !isRunning(task)) throw new TaskError(taskId, task.status, task.message);
    await delay(Math.min(pollDelayMs(poll), Math.max(0, deadline - now())));
  }
}

/** Reading is harmless, so a lost answer only means to ask again at the next turn. */
async function readTask(client: Client, taskId: number, remainingMs: number): Promise<TaskInfo | undefined> {
  try {
    return await describeTaskInfo(client, taskId, { timeoutMs: Math.min(30_000, Math.ceil(remainingMs)) });
  } catch (error) {
    if (isTransportError(error)) return undefined;
    throw error;
  }
}

const isRunning = ({ status }: TaskInfo): boolean => status === "preparing" || status === "running";

/** Half a second at first, since most resets are quick, then slower, up to 5 s. */
const pollDelayMs = (poll: number): number => Math.min(5_000, 500 * 1.3 ** poll);
