import {
  accountChange,
  handlersOn,
  listAccounts,
  listTasks,
  serviceTime,
  task,
  type Fields,
} from "../../../support/fakeService";
import { accountState, id, newPassword, state } from "../../../support/resource";

/** A task of the instance, by when it begins and ends. */
interface Run {
  readonly taskId: number;
  readonly type: "007" | "037";
  readonly fromMs: number;
  readonly toMs: number;
}

const taskMs = 3000;
const inSeconds = (ms: number): string => serviceTime(Math.floor(ms / 1000));

/**
 * A service whose two first changes run one after the other, and somebody else's reset at the same time: it is accepted
 * just before our first change, and ends last.
 */
function serviceWithOlderReset(olderEndsAfterMs: number) {
  const runs: Run[] = [];
  const begin = (type: Run["type"], fromMs: number, durationMs = taskMs): Fields => {
    const taskId = 99 + runs.length;
    runs.push({ taskId, type, fromMs, toMs: fromMs + durationMs });
    return { TaskId: taskId };
  };
  const toEntry = ({ taskId, type, fromMs, toMs }: Run, nowMs: number): Fields => {
    const end = nowMs > toMs ? { Result: 2, EndTime: inSeconds(toMs) } : { Result: 1, EndTime: "" };
    const times = { StartTime: inSeconds(fromMs), ...end };
    return type === "037" ? accountChange(taskId, times) : task(taskId, times);
  };
  const lastReset = (nowMs: number): number =>
    Math.max(-900_000, ...runs.filter(({ type, toMs }) => type === "007" && toMs < nowMs).map(({ toMs }) => toMs));
  return handlersOn({
    // With other instances, the process requests the tasks of the whole region, and shares the response for some
    // seconds.
    ResetPassword: ({ InstanceId }, nowMs) => (InstanceId === "crs-5a4py64p" ? begin("007", nowMs) : { TaskId: 50 }),
    ModifyInstanceAccount: (_, nowMs) => {
      begin("007", nowMs - 20, olderEndsAfterMs);
      return begin("037", nowMs);
    },
    DescribeTaskInfo: ({ TaskId }, nowMs) => {
      const run = runs.find(({ taskId }) => taskId === TaskId);
      const isRunning = run !== undefined && nowMs <= run.toMs;
      return { Status: isRunning ? "running" : "succeed", StartTime: inSeconds(run?.fromMs ?? 0) };
    },
    DescribeTaskList: ({ InstanceId, Result }, nowMs) => {
      const entries = runs
        .map((run) => toEntry(run, nowMs))
        .filter((entry) => !Result || Result.includes(Number(entry.Result)));
      const isOther = InstanceId !== undefined && InstanceId !== "crs-5a4py64p";
      return { TotalCount: isOther ? 0 : entries.length, Tasks: isOther ? [] : entries };
    },
    DescribeInstanceAccount: (_, nowMs) => listAccounts({ root: inSeconds(lastReset(nowMs)), app: "" }),
  });
}

it.each([
  ["causes another reset if it ends last", 12_000, 2],
  ["causes no other reset if it ends before ours", 1_000, 1],
])("somebody else's older reset, not listed before two changes of ours, %s", async (_, endsAfterMs, resets) => {
  const handlers = serviceWithOlderReset(endsAfterMs);
  for (const instanceId of ["crs-aaaaaaaa", "crs-bbbbbbbb"])
    await handlers.create(handlers.checked({ instanceId, password: newPassword }));
  const before = handlers.sent.length;
  const recorded = { taskId: 40, newestTaskId: 40 };
  const outcomes = await Promise.all([
    handlers.update(`${id}/app`, accountState(recorded), handlers.checked({ password: newPassword, account: "app" })),
    handlers.update(id, state(recorded), handlers.checked({ password: newPassword })),
  ]);
  expect(outcomes).toMatchObject([{ outs: { status: "done" } }, { outs: { status: "done" } }]);
  const sent = handlers.sent.slice(before).map(({ action }) => action);
  expect(sent.filter((action) => action === "ResetPassword")).toHaveLength(resets);
});

it("a task that ended after ours is also detected for the third instance of a run", async () => {
  const handlers = handlersOn({
    // Ours is the fourth reset; somebody else's has ended in between, and nothing is unfinished any more.
    ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }, { TaskId: 102 }, { TaskId: 104 }],
    DescribeTaskList: ({ InstanceId }, atMs) => {
      if (InstanceId !== "crs-third") return listTasks();
      const foreign = task(103, { InstanceId, EndTime: serviceTime(5) });
      const third = task(102, { InstanceId, EndTime: serviceTime(2) });
      const again = task(104, { InstanceId, EndTime: serviceTime(60) });
      return atMs < 2000 ? listTasks(third, foreign) : listTasks(again, third, foreign);
    },
  });
  for (const instanceId of ["crs-first", "crs-second"]) await handlers.create(handlers.checked({ instanceId }));
  const { outs } = (await handlers.create(handlers.checked({ instanceId: "crs-third" }))) as { outs: object };
  expect(handlers.lines).toEqual([
    "crs-first: the password was reset (task 100)",
    "crs-second: the password was reset (task 101)",
    expect.stringMatching(/^crs-third: somebody else or a killed run set .*; the password is sent again$/),
    "crs-third: the password was reset (task 104)",
  ]);
  expect(outs).toMatchObject({ taskId: 104, status: "done" });
});
