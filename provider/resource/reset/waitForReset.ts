import { adviseNextUp, resumeWaiting } from "../../tencentcloud/errors/advisingError";
import { isTaskError, isTaskUnknownError } from "../../tencentcloud/errors/errors";
import type { TaskInfo } from "../../tencentcloud/redis/describeTaskInfo";
import { waitForTask } from "../../tencentcloud/redis/waitForTask";
import { partialFailure } from "../operation/partialFailure";
import type { Operation } from "../operation/operation";
import type { PendingState } from "../contract/state";

/**
 * Waits until the task of an earlier run has succeeded.
 *
 * @throws an error for which {@link isOver} is true if the task is over, otherwise PartialFailure: the resource stays
 * pending
 */
export async function waitForPending(operation: Operation, pending: PendingState): Promise<TaskInfo> {
  try {
    return await waitForEnd(operation, pending);
  } catch (error) {
    if (isOver(error)) throw error;
    throw partialFailure(operation, pending, adviseNextUp(error, resumeWaiting));
  }
}

/**
 * Waits until a task has succeeded.
 *
 * @param othersReadAtMs when this run read the other tasks of the instance, by the service's clock
 */
export function waitForEnd(
  operation: Operation,
  { taskId, requestId, resetAt }: PendingState,
  othersReadAtMs?: number,
): Promise<TaskInfo> {
  const { session, news, action, client, instanceId, account, deadline } = operation;
  const task = { action, taskId, instanceId, account, requestId, acceptedAtMs: Date.parse(resetAt), othersReadAtMs };
  return waitForTask(client, task, deadline, session.taskReaderFor(news), session.redactor);
}

/** Whether a task ended without success, or is unknown to the service. */
export const isOver = (error: unknown): boolean => isTaskError(error) || isTaskUnknownError(error);
