import { failureOf } from "../support/failure";
import {
  type Answer,
  type Answers,
  type Fields,
  handlersOn,
  listOf,
  refusal,
  serviceTime,
  task,
  unfinished,
} from "../support/fakeService";
import { fingerprintOf, id, newPassword, state } from "../support/resource";

const recorded = (taskId: number) => ({ taskId, passwordFingerprint: fingerprintOf(newPassword) });

/** Updates to another password, and returns what a failure records. */
async function failedUpdate(answers: Answers, world: Parameters<typeof handlersOn>[1] = {}, inputs: object = {}) {
  const handlers = handlersOn(answers, world);
  const news = handlers.checked({ password: newPassword, ...inputs });
  const error = await failureOf(() => handlers.update(id, state(), news));
  return { ...handlers, error };
}

describe("whatever is thrown once a reset is accepted is a partial failure with its task and its fingerprint", () => {
  const verify = { host: "10.0.0.1", port: 6379 };

  it("a verification that breaks", async () => {
    const broken = { verify: () => Promise.reject(new Error("broken")) };
    const { error } = await failedUpdate({}, broken, { verify });
    expect(error).toMatchObject({
      name: "PartialFailure",
      message: "broken. Run `pulumi up` to resume waiting.",
      properties: { ...recorded(100), status: "pending", __provider: "the provider" },
    });
  });

  it("a verification that breaks where the service gave no task", async () => {
    const broken = { verify: () => Promise.reject(new Error("broken")) };
    const { error } = await failedUpdate({ ResetPassword: { TaskId: 0 } }, broken, { verify });
    expect(error).toMatchObject({
      name: "PartialFailure",
      properties: { passwordFingerprint: fingerprintOf(newPassword), status: "pending" },
    });
    expect(error).not.toHaveProperty("properties.taskId");
  });

  it("a line that cannot be printed", async () => {
    const { error } = await failedUpdate(
      { DescribeTaskList: [listOf(), refusal("UnauthorizedOperation")] },
      {
        print: (line) => {
          if (line.includes("warning: ")) throw new Error("EPIPE");
        },
      },
    );
    expect(error).toMatchObject({ name: "PartialFailure", properties: { ...recorded(100), status: "pending" } });
  });

  it("credentials that end while the task is awaited", async () => {
    const { error } = await failedUpdate({ DescribeTaskInfo: refusal("AuthFailure.TokenFailure") });
    expect(error).toMatchObject({ name: "PartialFailure", properties: { ...recorded(100), status: "pending" } });
  });
});

describe("where another task has ended after ours", () => {
  const won = task(99, { EndTime: serviceTime(9) });
  const reason = `somebody else, or a run that was killed, set the password at ${serviceTime(9)}, the service's time`;
  const ours = task(100, { EndTime: serviceTime(5) });
  const again = task(101, { StartTime: serviceTime(10), EndTime: serviceTime(11) });
  const isSentAgain = `crs-5a4py64p: ${reason}; the password is sent again`;

  /** What the list tells before the first reset, after it and before the second one; and then after that. */
  const lists = (...last: Fields[]): Answer => [listOf(), ...Array<Fields>(3).fill(listOf(ours, won)), listOf(...last)];
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
    ["in the same second, between the look at the list and our reset", task(99, { EndTime: serviceTime(5) })],
    ["in the same second, after ours was sent", task(102, { EndTime: serviceTime(5) })],
  ])("it counts %s", async (_, other) => {
    const handlers = handlersOn({
      ResetPassword: twice,
      DescribeTaskList: [listOf(task(98)), ...Array<Fields>(3).fill(listOf(ours, other)), listOf(again, ours, other)],
    });
    await handlers.update(id, state(), handlers.checked({ password: newPassword }));
    expect(handlers.count("ResetPassword")).toBe(2);
  });

  it("it does not count where it had ended before ours was sent, in the same second", async () => {
    const before = task(99, { EndTime: serviceTime(5) });
    const handlers = handlersOn({ DescribeTaskList: [listOf(before), listOf(ours, before)] });
    await handlers.update(id, state(), handlers.checked({ password: newPassword }));
    expect(handlers.count("ResetPassword")).toBe(1);
  });

  it("the password is sent again only once in a run, and what is known then is recorded", async () => {
    const wonAgain = task(102, { StartTime: serviceTime(12), EndTime: serviceTime(13) });
    const { error, count, lines } = await failedUpdate({
      ResetPassword: twice,
      DescribeTaskList: lists(wonAgain, again, ours, won),
    });
    const other = reason.replace(serviceTime(9), serviceTime(13));
    expect(error).toMatchObject({
      name: "PartialFailure",
      message: expect.stringMatching(
        new RegExp(`^ResetPassword failed: ${other} \\(task 101, request r\\d+\\)\\. Run \`pulumi up\` to send the`),
      ) as string,
      properties: { ...recorded(101), status: "drifted", reason: other },
    });
    expect(lines).toEqual([isSentAgain]);
    expect(count("ResetPassword")).toBe(2);
  });

  it.each<[string, Answers]>([
    ["is refused", { ResetPassword: [{ TaskId: 100 }, refusal("InvalidParameterValue.PasswordRuleError")] }],
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
    "and the second reset %s, the next up still sends it: the first one has changed the password",
    async (_, answers) => {
      const { error } = await failedUpdate({ DescribeTaskList: lists(ours, won), ...answers });
      expect(error).toMatchObject({
        name: "PartialFailure",
        properties: { passwordFingerprint: fingerprintOf(newPassword), status: "drifted", reason },
      });
    },
  );
});

describe("where the service does not know the task of a reset that it has just accepted", () => {
  const unknown = refusal("InvalidParameter.InvalidParameter");
  const taskInfo: Answer = ({ TaskId }) =>
    TaskId === 100 ? unknown : { Status: "succeed", StartTime: serviceTime(20) };

  it("the password is sent again", async () => {
    const handlers = handlersOn({ ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }], DescribeTaskInfo: taskInfo });
    const news = handlers.checked({ password: newPassword });
    await expect(handlers.update(id, state(), news)).resolves.toMatchObject({
      outs: { ...recorded(101), status: "done" },
    });
    expect(handlers.lines).toEqual([
      "crs-5a4py64p: task 100 is unknown to the service; the password is sent again",
      "crs-5a4py64p: the password was reset (task 101)",
    ]);
  });

  it.each<[string, Answers]>([
    ["is refused", { ResetPassword: [{ TaskId: 100 }, refusal("AuthFailure.TokenFailure")] }],
    [
      "fails",
      {
        ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
        DescribeTaskInfo: ({ TaskId }) => (TaskId === 100 ? unknown : { Status: "failed", TaskMessage: "Busy." }),
      },
    ],
  ])("and the second one %s, it is in doubt which password is set", async (_, answers) => {
    const { error } = await failedUpdate({ DescribeTaskInfo: taskInfo, ...answers });
    expect(error).toMatchObject({
      name: "PartialFailure",
      properties: { passwordFingerprint: fingerprintOf(newPassword), status: "failed" },
    });
  });

  it("it is sent again only once in a run", async () => {
    const { error, count } = await failedUpdate({
      ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
      DescribeTaskInfo: unknown,
    });
    expect(error).toMatchObject({
      name: "PartialFailure",
      message: expect.stringMatching(
        /^ResetPassword failed: task 101 is unknown to the service \(task 101, request r\d+\)\. Run `pulumi up` to send/,
      ) as string,
      properties: { ...recorded(101), status: "failed" },
    });
    expect(count("ResetPassword")).toBe(2);
  });
});

describe("in a run with more instances than are asked for one by one", () => {
  it("a task that is awaited after ours, and ends then, is found to have won", async () => {
    const own = (InstanceId: unknown) => ({ InstanceId });
    let resets = 99;
    const handlers = handlersOn({
      ResetPassword: () => ({ TaskId: ++resets }),
      DescribeInstances: ({ InstanceId }) => ({ InstanceSet: [{ InstanceId, Status: 2 }] }),
      DescribeTaskList: ({ InstanceId, Result }, nowMs) => {
        const third = own("crs-5a4py64p");
        const other = nowMs < 8000 ? unfinished(99, third) : task(99, { ...third, EndTime: serviceTime(8) });
        // It begins after the list was read before the reset.
        if (resets < 102) return listOf();
        if (Result) return listOf(...(nowMs < 8000 ? [other] : []));
        const ours = task(102, { ...third, EndTime: serviceTime(5) });
        return InstanceId === undefined || InstanceId === "crs-5a4py64p" ? listOf(ours, other) : listOf();
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
