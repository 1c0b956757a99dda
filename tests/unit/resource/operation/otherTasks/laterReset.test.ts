import {
  type Answer,
  type Answers,
  type Fields,
  handlersOn,
  listTasks,
  refusal,
  serviceTime,
  task,
  unfinished,
} from "../../../support/fakeService";
import { makeFingerprint, id, newPassword, state } from "../../../support/resource";
import { TransportError } from "../../../../../provider/tencentcloud/errors/errors";
import { updatePassword } from "../../../support/updatePassword";

const recorded = (taskId: number) => ({ taskId, passwordFingerprint: makeFingerprint(newPassword) });

describe("if another task has ended after ours", () => {
  const won = task(99, { EndTime: serviceTime(9) });
  const reason = `somebody else or a killed run set the password at ${serviceTime(9)} (service time)`;
  const ours = task(100, { EndTime: serviceTime(5) });
  const again = task(101, { StartTime: serviceTime(10), EndTime: serviceTime(11) });
  const isSentAgain = `crs-5a4py64p: ${reason}; the password is sent again`;

  /** The lists before the first reset, after it and before the second one, and after the second one. */
  const lists = (...last: Fields[]): Answer => [
    listTasks(),
    ...Array<Fields>(3).fill(listTasks(ours, won)),
    listTasks(...last),
  ];
  const twice = [{ TaskId: 100 }, { TaskId: 101 }];

  it("the password is sent again", async () => {
    const handlers = handlersOn({ ResetPassword: twice, DescribeTaskList: lists(again, ours, won) });
    const news = handlers.checked({ password: newPassword });
    await expect(handlers.update(id, state(), news)).resolves.toMatchObject({
      outs: { ...recorded(101), status: "done", passwordTime: serviceTime(11), newestTaskId: 101 },
    });
    expect(handlers.lines).toEqual([isSentAgain, "crs-5a4py64p: the password was reset (task 101)"]);
    expect(handlers.count("ResetPassword")).toBe(2);
  });

  it.each<[string, Fields]>([
    ["in the same second, between the read of the list and our reset", task(99, { EndTime: serviceTime(5) })],
    ["in the same second, after ours was sent", task(102, { EndTime: serviceTime(5) })],
  ])("it counts %s", async (_, other) => {
    const handlers = handlersOn({
      ResetPassword: twice,
      DescribeTaskList: [
        listTasks(task(98)),
        ...Array<Fields>(3).fill(listTasks(ours, other)),
        listTasks(again, ours, other),
      ],
    });
    await handlers.update(id, state(), handlers.checked({ password: newPassword }));
    expect(handlers.count("ResetPassword")).toBe(2);
  });

  it("it counts even if the list cannot be read again", async () => {
    let lists = 0;
    const handlers = handlersOn({
      ResetPassword: twice,
      DescribeTaskList: (_, nowMs) => {
        if (++lists <= 2) return lists === 1 ? listTasks() : listTasks(ours, won);
        return nowMs < 6_000 ? refusal("FailedOperation.SystemError") : listTasks(again, ours, won);
      },
    });
    const news = handlers.checked({ password: newPassword });
    await expect(handlers.update(id, state(), news)).resolves.toMatchObject({ outs: { taskId: 101, status: "done" } });
    expect(handlers.lines).toContain(isSentAgain);
  });

  it("it does not count if it had ended before ours was sent, in the same second", async () => {
    const before = task(99, { EndTime: serviceTime(5) });
    const handlers = handlersOn({ DescribeTaskList: [listTasks(before), listTasks(ours, before)] });
    await handlers.update(id, state(), handlers.checked({ password: newPassword }));
    expect(handlers.count("ResetPassword")).toBe(1);
  });

  it("it does not count if it has failed, and nothing more is read", async () => {
    const failed = task(99, { Result: 4, EndTime: serviceTime(9) });
    const { outcome, count } = await updatePassword({ DescribeTaskList: [listTasks(), listTasks(failed, ours)] });
    const end = { status: "done", taskStartTime: serviceTime(0), passwordTime: serviceTime(5) };
    expect(outcome).toMatchObject({ outs: { ...recorded(100), ...end } });
    expect(count("DescribeInstanceAccount")).toBe(0);
  });

  it("it does not count if it ended before ours, between the read of the list and our reset", async () => {
    const earlier = task(99, { EndTime: serviceTime(4) });
    const { count } = await updatePassword({ DescribeTaskList: [listTasks(), listTasks(earlier, ours)] });
    expect(count("DescribeInstanceAccount")).toBe(0);
    expect(count("ResetPassword")).toBe(1);
  });

  it("another task is recognized by its id alone, in any order of the list", async () => {
    const earlier = task(98, { StartTime: serviceTime(-9), EndTime: serviceTime(-8) });
    const { outcome } = await updatePassword({ DescribeTaskList: [listTasks(earlier), listTasks(earlier, ours)] });
    expect(outcome).toMatchObject({ outs: { taskStartTime: serviceTime(0), passwordTime: serviceTime(5) } });
  });

  it("the password is sent again only once per run, and the state after that is recorded", async () => {
    const wonAgain = task(102, { StartTime: serviceTime(12), EndTime: serviceTime(13) });
    const { outcome, count, lines } = await updatePassword({
      ResetPassword: twice,
      DescribeTaskList: lists(wonAgain, again, ours, won),
    });
    const other = reason.replace(serviceTime(9), serviceTime(13));
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: expect.stringContaining(`ResetPassword failed: ${other} (task 101, request r`) as string,
      properties: { ...recorded(101), status: "drifted", reason: other },
    });
    expect(lines).toEqual([isSentAgain]);
    expect(count("ResetPassword")).toBe(2);
  });

  it("the password is not sent a third time after it was sent for a failed reset of an earlier run", async () => {
    const { outcome, count } = await updatePassword(
      {
        DescribeTaskInfo: ({ TaskId }) =>
          TaskId === 11111
            ? { Status: "failed", TaskMessage: "Busy." }
            : { Status: "succeed", StartTime: serviceTime(0) },
        DescribeTaskList: lists(ours, won),
      },
      { olds: state({ ...recorded(11111), status: "pending" }) },
    );
    expect(outcome).toMatchObject({ name: "RecordedFailure", properties: { status: "drifted", reason } });
    expect(count("ResetPassword")).toBe(1);
  });

  it.each<[string, Answers]>([
    ["is refused", { ResetPassword: [{ TaskId: 100 }, refusal("InvalidParameterValue.PasswordRuleError")] }],
    [
      "cannot be sent",
      { ResetPassword: [{ TaskId: 100 }, new TransportError("ResetPassword", "unreachable", "connect ECONNREFUSED")] },
    ],
    [
      "has to wait for another task",
      {
        DescribeTaskList: [
          listTasks(),
          ...Array<Fields>(2).fill(listTasks(ours, won)),
          listTasks(unfinished(103), ours, won),
        ],
      },
    ],
    [
      "fails",
      {
        ResetPassword: twice,
        DescribeTaskInfo: ({ TaskId }) =>
          TaskId === 100
            ? { Status: "succeed", StartTime: serviceTime(0) }
            : { Status: "failed", TaskMessage: "Busy." },
      },
    ],
  ])(
    "and the second reset %s, the next up still sends it, and says so: the first reset has changed the password",
    async (_, answers) => {
      const { outcome } = await updatePassword({ DescribeTaskList: lists(ours, won), ...answers });
      expect(outcome).toMatchObject({
        name: "RecordedFailure",
        message: expect.stringMatching(
          /pulumi up` to send the password again: until then, the old or the new/,
        ) as string,
        properties: { passwordFingerprint: makeFingerprint(newPassword), status: "drifted", reason },
      });
    },
  );
});

describe("in a run with more instances than are read individually", () => {
  it("a task that ends after ours, and was waited for, is found to have won", async () => {
    const own = (InstanceId: unknown) => ({ InstanceId });
    let resets = 99;
    const handlers = handlersOn({
      ResetPassword: () => ({ TaskId: ++resets }),
      DescribeInstances: ({ InstanceId }) => ({ InstanceSet: [{ InstanceId, Status: 2 }] }),
      DescribeTaskList: ({ InstanceId, Result }, nowMs) => {
        const third = own("crs-5a4py64p");
        const other = nowMs < 8000 ? unfinished(99, third) : task(99, { ...third, EndTime: serviceTime(8) });
        // It begins after the list was read before the reset.
        if (resets < 102) return listTasks();
        if (Result) return listTasks(...(nowMs < 8000 ? [other] : []));
        const ours = task(102, { ...third, EndTime: serviceTime(5) });
        return InstanceId === undefined || InstanceId === "crs-5a4py64p" ? listTasks(ours, other) : listTasks();
      },
    });
    for (const instanceId of ["crs-other001", "crs-other002"]) {
      await handlers.create(handlers.checked({ instanceId }));
    }
    await handlers.create(handlers.checked());
    expect(handlers.lines.filter((line) => !line.includes("the password was reset"))).toEqual([
      expect.stringMatching(/^crs-5a4py64p: somebody else.*; the password is sent again$/),
    ]);
  });
});
