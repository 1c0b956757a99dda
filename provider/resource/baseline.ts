import type { Baseline, State } from "./state";
import { firstTold, formatServiceTime, parseServiceTime } from "../tencentcloud/redis/serviceTime";
import { type ListedTask, isUnfinished } from "../tencentcloud/redis/taskList";

/** What is recorded, with what was missing in it. */
export function completeBaseline(state: State, tasks: readonly ListedTask[], setAt: string | undefined): Baseline {
  const { taskId, taskStartTime, passwordTime, newestTaskId = newestEndedId(tasks, taskId) } = state;
  const listed = tasks.find((task) => task.taskId === taskId);
  const startTime = firstTold(taskStartTime, listed?.startTime);
  const endTime = firstTold(passwordTime, listed ? listed.endTime : setAt);
  return {
    ...(taskId !== undefined && { taskId }),
    ...(startTime !== undefined && { taskStartTime: startTime }),
    ...(endTime !== undefined && { passwordTime: endTime }),
    newestTaskId,
  };
}

/** The greatest number of tasks that have ended. */
export const newestEndedId = (tasks: readonly ListedTask[], ...others: (number | undefined)[]): number =>
  Math.max(
    0,
    ...tasks.filter((task) => !isUnfinished(task)).map(({ taskId }) => taskId),
    ...others.filter((other) => other !== undefined),
  );

/**
 * When a task has begun and ended. Only the list tells the end, but the answers do that accepted the reset and that said
 * it was done: the time between them, by the service's clock, is added to the beginning.
 */
export function resetBaseline(
  task: { startTime: string; endTime?: string; answeredAtMs: number },
  acceptedAtMs: number,
): Baseline {
  const startMs = parseServiceTime(task.startTime);
  if (startMs === undefined) return {};
  const endMs = parseServiceTime(task.endTime) ?? startMs + Math.max(0, task.answeredAtMs - acceptedAtMs);
  // A clock that is so wrong tells no time to compare with.
  if (!(endMs < Date.UTC(10_000, 0))) return {};
  return { taskStartTime: task.startTime, passwordTime: formatServiceTime(endMs) };
}
