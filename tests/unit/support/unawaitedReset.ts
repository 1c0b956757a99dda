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

/** When the task of the earlier run ran, as the service reports it. */
export const started = "2026-01-01 08:00:00";
const ended = "2026-01-01 08:00:04";

/** The task of a reset that an earlier run did not wait for, as the list has it. */
export const ours: ListedTask = { TaskId: 11111, StartTime: started, EndTime: ended };

/** The question how that task stands, and the answer that it has succeeded. */
export const ourTask = describeTask(11111, status("succeed", "", started));

/** What is recorded once that reset is completed. */
export const done = { taskStartTime: started, passwordTime: ended, newestTaskId: 11111 } as const;

/** A reset by somebody else after that one. */
export const later: ListedTask = { TaskId: 22222, StartTime: "2026-01-01 08:59:58", EndTime: "2026-01-01 09:00:00" };

/** What a run asks that has found that reset to have succeeded. */
export const sinceThen = ({
  others = [] as ListedTask[],
  instance = [describeInstance(instances("crs-5a4py64p"))],
} = {}) => [
  describeTasks(listed(...others, ours)),
  describeAccount(setAt("")),
  describeTasks(listed(...others, ours)),
  ...instance,
];
