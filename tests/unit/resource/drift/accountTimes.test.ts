import { type PasswordTimes, findDrift } from "../../../../provider/resource/findDrift";
import { type ListedTask, taskTypes } from "../../../../provider/tencentcloud/redis/taskList";
import { state } from "../../support/resource";

const at = (time: string): string => `2026-01-01 ${time}`;

const ours = { taskId: 11111, taskStartTime: at("12:00:00"), passwordTime: at("12:00:05"), newestTaskId: 11111 };

const change = (taskId: number, endTime: string, type: ListedTask["type"] = taskTypes.accountChange): ListedTask => ({
  taskId,
  instanceId: "crs-5a4py64p",
  type,
  status: "succeed",
  startTime: at(endTime),
  endTime: at(endTime),
});
const account = (name: string, time: string) => ({
  name,
  privilege: "rw",
  readonlyPolicy: ["master"],
  passwordTime: at(time),
});

/** What the service reports of the account `app`, whose reset ended at 12:00:05. */
interface Report {
  readonly setAt: string;
  readonly others: PasswordTimes["others"];
  readonly tasks: readonly ListedTask[];
}

const isDrift = ({ setAt, others, tasks }: Report): boolean => {
  const times = { isMissing: false, setAt: at(setAt), others };
  return findDrift(state({ ...ours, account: "app" }), tasks, times).reason !== undefined;
};

it.each<[string, Report]>([
  [
    "this account and another one were changed in one second",
    {
      setAt: "12:00:06",
      others: [account("jobs", "12:00:06")],
      tasks: [change(11112, "12:00:06"), change(11113, "12:00:06")],
    },
  ],
  [
    "this account was changed in the second in which the default account was reset",
    {
      setAt: "12:00:06",
      others: [account("root", "12:00:06")],
      tasks: [change(11112, "12:00:06", taskTypes.passwordReset), change(11113, "12:00:06")],
    },
  ],
  [
    "this account was changed, and another one just before its reset ended",
    { setAt: "12:00:05", others: [account("jobs", "12:00:04")], tasks: [change(11112, "12:00:05")] },
  ],
  [
    "this account was changed, and another one much later",
    {
      setAt: "12:00:05",
      others: [account("jobs", "12:30:00")],
      tasks: [change(11112, "12:00:05"), change(11113, "12:30:00")],
    },
  ],
])("drift is found where %s", (_, report) => {
  expect(isDrift(report)).toBe(true);
});

it.each<[string, Report]>([
  [
    "another account was changed in the same second",
    { setAt: "12:00:05", others: [account("jobs", "12:00:05")], tasks: [change(11112, "12:00:05")] },
  ],
  [
    "two others were changed in the same second",
    {
      setAt: "12:00:05",
      others: [account("jobs", "12:00:05"), account("web", "12:00:05")],
      tasks: [change(11112, "12:00:05"), change(11113, "12:00:05")],
    },
  ],
  [
    "another account was changed soon after, by a clock that is as far ahead",
    { setAt: "12:00:25", others: [account("jobs", "12:00:40")], tasks: [change(11112, "12:00:20")] },
  ],
  [
    "only the default account was reset",
    {
      setAt: "12:00:05",
      others: [account("root", "12:00:09")],
      tasks: [change(11112, "12:00:09", taskTypes.passwordReset)],
    },
  ],
])("no drift is found where %s", (_, report) => {
  expect(isDrift(report)).toBe(false);
});
