import type { Baseline, State } from "../contract/state";
import { firstTold, formatServiceTime, parseServiceTime } from "../../tencentcloud/redis/serviceTime";
import { type ListedTask, isUnfinished } from "../../tencentcloud/redis/taskList";

/** Returns the recorded baseline with missing parts filled in. */
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

/** Returns the highest id of a task that has ended. */
export const newestEndedId = (tasks: readonly ListedTask[], ...others: (number | undefined)[]): number =>
  Math.max(
    0,
    ...tasks.filter((task) => !isUnfinished(task)).map(({ taskId }) => taskId),
    ...others.filter((other) => other !== undefined),
  );

/**
 * Returns when a task began and ended. Only the list of tasks has its end. Otherwise the end is computed: its beginning
 * plus the time between the acceptance of the reset and the response that reported success, by the service's clock.
 */
export function resetBaseline(
  task: { startTime: string; endTime?: string; answeredAtMs: number },
  acceptedAtMs: number,
): Baseline {
  const startMs = parseServiceTime(task.startTime);
  if (startMs === undefined) return {};
  const endMs = parseServiceTime(task.endTime) ?? startMs + Math.max(0, task.answeredAtMs - acceptedAtMs);
  // A clock that is this wrong is useless for comparisons.
  if (!(endMs < Date.UTC(10_000, 0))) return {};
  return { taskStartTime: task.startTime, passwordTime: formatServiceTime(endMs) };
}
