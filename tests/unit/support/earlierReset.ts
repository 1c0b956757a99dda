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

/** The times of an earlier run's reset, as the service reports them. */
export const times = { taskStartTime: "2026-01-01 08:00:00", passwordTime: "2026-01-01 08:00:04" } as const;

/** That task in the list. */
export const ours: ListedTask = { TaskId: 11111, StartTime: times.taskStartTime, EndTime: times.passwordTime };

/** The recorded baseline once that reset is completed. */
export const done = { ...times, newestTaskId: 11111 } as const;

/** A reset by somebody else after that one. */
export const later: ListedTask = { TaskId: 22222, StartTime: "2026-01-01 08:59:58", EndTime: "2026-01-01 09:00:00" };

/** A read of our task, and the response that it has succeeded. */
export const ourTask = describeTask(11111, status("succeed", "", times.taskStartTime));

/** A read of the instance, and the response that it exists. */
export const isThere = describeInstance(instances("crs-5a4py64p"));

/** A read of the account, and the response of a service without password times. */
export const noTime = describeAccount(setAt(""));

/** The requests of a run after that reset has succeeded. */
export const sinceThen = ({ others = [] as ListedTask[], instance = [isThere] } = {}) => [
  describeTasks(listed(...others, ours)),
  noTime,
  describeTasks(listed(...others, ours)),
  ...instance,
];
