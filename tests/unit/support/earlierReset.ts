import {
  type ListedTask,
  describeAccount,
  describeInstance,
  describeTask,
  describeTasks,
  instances,
  listed,
  setAt,
  status,
} from "./scriptedApi";

/** When the task of an earlier run's reset ran, as the service reports it. */
export const times = { taskStartTime: "2026-01-01 08:00:00", passwordTime: "2026-01-01 08:00:04" } as const;

/** That task as the list has it. */
export const ours: ListedTask = { TaskId: 11111, StartTime: times.taskStartTime, EndTime: times.passwordTime };

/** What is recorded once that reset is completed. */
export const done = { ...times, newestTaskId: 11111 } as const;

/** A reset by somebody else after that one. */
export const later: ListedTask = { TaskId: 22222, StartTime: "2026-01-01 08:59:58", EndTime: "2026-01-01 09:00:00" };

/** The question how our task stands, and the answer that it has succeeded. */
export const ourTask = describeTask(11111, status("succeed", "", times.taskStartTime));

/** The question whether the instance is there, and the answer that it is. */
export const isThere = describeInstance(instances("crs-5a4py64p"));

/** The question when the password was last set, and the answer of a service that keeps no time. */
export const noTime = describeAccount(setAt(""));

/** What a run asks that has found that reset to have succeeded. */
export const sinceThen = ({ others = [] as ListedTask[], instance = [isThere] } = {}) => [
  describeTasks(listed(...others, ours)),
  noTime,
  describeTasks(listed(...others, ours)),
  ...instance,
];
