import { type PasswordTimes, findDrift } from "../../../../provider/resource/drift/findDrift";
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

/** The service's data about the account `app`, whose reset ended at 12:00:05. */
interface Report {
  readonly setAt: string;
  readonly others: PasswordTimes["others"];
  readonly tasks: readonly ListedTask[];
}

const isDrift = ({ setAt, others, tasks }: Report, isJudged: boolean): boolean => {
  const times = { isMissing: false, setAt: at(setAt), others };
  return findDrift(state({ ...ours, account: "app" }), tasks, times, { isJudged }).reason !== undefined;
};

it.each([
  ["90 seconds", "11:58:37"],
  ["8 hours", "04:00:07"],
])("a later change is not attributed if the times of accounts are %s behind those of tasks", (_, setAt) => {
  const times = { isMissing: false, setAt: at(setAt), others: [] };
  const later = change(11112, "12:00:20");
  const found = findDrift(state({ ...ours, account: "app" }), [later], times, { isJudged: true });
  expect(found).toEqual({ unattributed: later });
});

describe("a change that ended within two seconds of ours", () => {
  it.each<[string, Report]>([
    [
      "in the same second, with one of another account",
      {
        setAt: "12:00:05",
        others: [account("jobs", "12:00:05")],
        tasks: [change(11112, "12:00:05"), change(11113, "12:00:05")],
      },
    ],
    [
      "in the same second, before one of another account much later",
      {
        setAt: "12:00:05",
        others: [account("jobs", "12:30:00")],
        tasks: [change(11112, "12:00:05"), change(11113, "12:30:00")],
      },
    ],
  ])("counts when ours is first compared, and never again: %s", (_, report) => {
    expect([isDrift(report, false), isDrift(report, true)]).toEqual([true, false]);
  });
});

it.each<[string, Report]>([
  [
    "this account was changed, and another one much later",
    {
      setAt: "12:00:08",
      others: [account("jobs", "12:30:00")],
      tasks: [change(11112, "12:00:08"), change(11113, "12:30:00")],
    },
  ],
  [
    "this account, another one and the default one were set in one second",
    {
      setAt: "12:00:12",
      others: [account("jobs", "12:00:12"), account("root", "12:00:12")],
      tasks: [change(11112, "12:00:12", taskTypes.passwordReset), change(11113, "12:00:12"), change(11114, "12:00:12")],
    },
  ],
  [
    "two other accounts were created shortly before an older change of this one",
    {
      setAt: "12:00:20",
      others: [account("jobs", "11:59:50"), account("root", "11:59:50")],
      tasks: [change(11109, "11:59:53"), change(11112, "12:00:20")],
    },
  ],
  [
    "this account was changed, and the times of accounts are in another time zone",
    { setAt: "20:00:09", others: [], tasks: [change(11112, "12:00:09")] },
  ],
  [
    "this account was changed in the second in which the default account was reset",
    {
      setAt: "12:00:08",
      others: [account("root", "12:00:08")],
      tasks: [change(11112, "12:00:08", taskTypes.passwordReset), change(11113, "12:00:08")],
    },
  ],
])("drift is found if %s", (_, report) => {
  expect([isDrift(report, false), isDrift(report, true)]).toEqual([true, true]);
});

it.each<[string, Report]>([
  [
    "another account was changed soon after, and all times of accounts are 20 s later than those of tasks",
    { setAt: "12:00:25", others: [account("jobs", "12:00:40")], tasks: [change(11112, "12:00:20")] },
  ],
  [
    "another account was changed a second later, and all times of accounts are a second later than those of tasks",
    { setAt: "12:00:06", others: [account("jobs", "12:00:07")], tasks: [change(11112, "12:00:06")] },
  ],
  [
    "only the default account was reset",
    {
      setAt: "12:00:05",
      others: [account("root", "12:00:09")],
      tasks: [change(11112, "12:00:09", taskTypes.passwordReset)],
    },
  ],
  ...[2, 3, 5, 20].map((seconds): [string, Report] => [
    `another account was changed a second later, and the times of accounts are ${seconds} s later than those of tasks`,
    {
      setAt: `12:00:${String(5 + seconds).padStart(2, "0")}`,
      others: [account("jobs", `12:00:${String(6 + seconds).padStart(2, "0")}`)],
      tasks: [change(11112, "12:00:06")],
    },
  ]),
  [
    "another account was changed a second later, and this one by somebody else shortly before our reset",
    {
      setAt: "12:00:05",
      others: [account("jobs", "12:00:06")],
      tasks: [change(11110, "12:00:02"), change(11112, "12:00:06")],
    },
  ],
  [
    "another account was changed soon after, and only our time is later than that of its task",
    { setAt: "12:00:08", others: [account("jobs", "12:00:09")], tasks: [change(11112, "12:00:09")] },
  ],
  [
    "two other accounts were changed soon after, and each time is later than that of its task by a different amount",
    {
      setAt: "12:00:10",
      others: [account("jobs", "12:00:13"), account("spare", "12:00:16")],
      tasks: [change(11112, "12:00:11"), change(11113, "12:00:15")],
    },
  ],
])("no drift is found if %s", (_, report) => {
  expect([isDrift(report, false), isDrift(report, true)]).toEqual([false, false]);
});
