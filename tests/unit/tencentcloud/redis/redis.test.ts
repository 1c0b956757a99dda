import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import type { Call, Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { clockWith } from "../../support/clock";
import {
  describeInstance,
  describeTaskInfo,
  instanceTasks,
  passwordTime,
  resetPassword,
} from "../../../../provider/tencentcloud/redis/redis";
import { retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";

/** What comes of a call: the content of an answer, or an error. */
type Outcome = object | Error;

const answeredAtMs = 1_767_323_045_000;

/** A client whose calls end so, one after the other, the last for ever. */
function clientOf(...outcomes: Outcome[]) {
  const calls: Call[] = [];
  const client: Client = (call) => {
    const outcome = outcomes[Math.min(calls.length, outcomes.length - 1)];
    calls.push(call);
    if (outcome instanceof Error) return Promise.reject(outcome);
    return Promise.resolve({ RequestId: "r1", answeredAtMs, ...outcome });
  };
  return { client, calls };
}

const deadline = deadlineIn(600);
const request = { instanceId: "crs-5a4py64p", password: "zy456987" };
const unusable = (action: string, field: string) => ({
  name: "TransportError",
  action,
  outcome: "unusable",
  reason: `the answer has no usable ${field}`,
});

describe("a reset", () => {
  it("sends the instance and the password, and nothing else", async () => {
    const { client, calls } = clientOf({ TaskId: 16657 });
    await expect(resetPassword(client, request, deadline)).resolves.toEqual({
      taskId: 16657,
      requestId: "r1",
      acceptedAtMs: answeredAtMs,
    });
    expect(calls).toEqual([
      {
        action: "ResetPassword",
        parameters: { InstanceId: "crs-5a4py64p", Password: "zy456987" },
        deadline,
        repeatable: false,
        beforeRetry: expect.any(Function) as unknown,
      },
    ]);
  });

  it.each([
    [{}],
    [{ TaskId: "5" }],
    [{ TaskId: 1.5 }],
    [{ TaskId: null }],
    [{ TaskId: 0 }],
    [{ TaskId: -1 }],
    [{ TaskId: 2 ** 53 }],
  ])("is accepted without a task where the answer names no usable one, and is not sent again: %j", async (content) => {
    const { client, calls } = clientOf(content);
    await expect(resetPassword(client, request, deadline)).resolves.toStrictEqual({
      requestId: "r1",
      acceptedAtMs: answeredAtMs,
    });
    expect(calls).toHaveLength(1);
  });
});

describe("a reset that is refused for the instance's state", () => {
  const refusal = (code: string) => new ApiError("ResetPassword", code, "r2", "No.");

  /** Resets by a client that is refused so often, and looks at the instance meanwhile. */
  async function reset(codes: string[], instances: Outcome) {
    const actions: string[] = [];
    const client: Client = async ({ action, beforeRetry, patienceMs }) => {
      actions.push(action);
      if (action === "DescribeInstances") {
        expect(patienceMs).toBe(5000);
        if (instances instanceof Error) throw instances;
        return { RequestId: "r1", answeredAtMs, ...instances };
      }
      for (const code of codes) await beforeRetry?.(refusal(code));
      return { RequestId: "r1", answeredAtMs, TaskId: 16657 };
    };
    const end = await resetPassword(client, request, deadline).catch((error: unknown) => error);
    return { end, actions };
  }

  const withStatus = (Status: unknown) => ({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] });

  it.each([
    [
      "ResourceUnavailable.InstanceStatusAbnormal",
      -2,
      "isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
    [
      "ResourceUnavailable.InstanceIsolated",
      -2,
      "isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
    ["ResourceInUse.InstanceBeenLocked", -3, "to be deleted. Remove the resource from the program."],
  ])("ends at once where that does not pass: %s with status %d", async (code, status, words) => {
    const { end } = await reset([code], withStatus(status));
    const [condition, advice] = words.split(". ");
    expect(end).toMatchObject({
      name: "InstanceError",
      message: `ResetPassword failed: the instance crs-5a4py64p is ${condition} (${code}, request r2). ${advice}`,
    });
  });

  it.each<[string, Outcome]>([
    ["is in a flow", withStatus(1)],
    ["runs", withStatus(2)],
    ["is to be initialized", withStatus(0)],
    ["has a status that is not documented", withStatus("-2")],
    ["is not found", { InstanceSet: [] }],
    ["may not be looked at", new ApiError("DescribeInstances", "UnauthorizedOperation", "r2", "No.")],
    ["cannot be looked at", new TransportError("DescribeInstances", "lost", "no answer in time")],
  ])("is waited out, and the status looked at once, where the instance %s", async (_, instances) => {
    const { end, actions } = await reset(
      Array<string>(3).fill("ResourceUnavailable.InstanceStatusAbnormal"),
      instances,
    );
    expect(end).toMatchObject({ taskId: 16657 });
    expect(actions).toEqual(["ResetPassword", "DescribeInstances"]);
  });

  it.each(["RequestLimitExceeded", "ResourceNotFound.InstanceNotExists", "ResourcesInUse"])(
    "is none that is refused for another reason: %s",
    async (code) => {
      expect((await reset([code], withStatus(-2))).actions).toEqual(["ResetPassword"]);
    },
  );
});

describe("a reset that may have been carried out", () => {
  const lost = new TransportError("ResetPassword", "lost", "no answer in time");
  const underWay = { TotalCount: 1 };
  const none = { TotalCount: 0 };
  const accepted = { TaskId: 16657 };

  /** Resets on a clock that only waiting moves. */
  function reset(outcomes: Outcome[], timeoutSeconds = 600) {
    let nowMs = 0;
    const delays: number[] = [];
    const delay = (delayMs: number) => {
      delays.push(delayMs);
      nowMs += delayMs;
      return Promise.resolve();
    };
    const { client, calls } = clientOf(...outcomes);
    const end = resetPassword(client, request, deadlineIn(timeoutSeconds, clockWith({ now: () => nowMs })), delay);
    return { end, calls, delays, actions: () => calls.map(({ action }) => action) };
  }

  it.each<[string, Error]>([
    ["its answer was lost", lost],
    ["the service had an error of its own", new ApiError("ResetPassword", "InternalError", "r1", "No.")],
    ["the database had one", new ApiError("ResetPassword", "InternalError.DbOperationFailed", "r1", "No.")],
    ["the service is away", new ApiError("ResetPassword", "ServiceUnavailable", "r1", "No.")],
    ["the service does not know", new ApiError("ResetPassword", "FailedOperation.Unknown", "r1", "No.")],
    ["the system had an error", new ApiError("ResetPassword", "FailedOperation.SystemError", "r1", "No.")],
  ])("is sent again as it was once no reset is under way: %s", async (_, error) => {
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    const { end, calls, delays } = reset([error, underWay, underWay, none, none, accepted]);
    await expect(end).resolves.toEqual({ taskId: 16657, requestId: "r1", acceptedAtMs: answeredAtMs, lost: error });
    const question = {
      action: "DescribeTaskList",
      parameters: { InstanceId: "crs-5a4py64p", TaskTypes: ["007", "035", "037"], Result: [0, 1], Limit: 1 },
    };
    const count = {
      action: "DescribeTaskList",
      parameters: { InstanceId: "crs-5a4py64p", TaskTypes: ["007"], Limit: 1 },
    };
    const [first, ...others] = calls;
    expect(others).toMatchObject([question, question, question, count, { action: "ResetPassword" }]);
    expect(others.at(-1)).toEqual(first);
    expect(delays).toEqual([retryDelayMs(0, 0.5), 1000, 1000, 1000]);
    jest.restoreAllMocks();
  });

  it("is sent again as often as its answer is lost, while the service knows of no reset more", async () => {
    const seven = { TotalCount: 7 };
    const six = { TotalCount: 6 };
    const { end, actions } = reset([lost, none, seven, lost, none, seven, lost, none, six, accepted]);
    await end;
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(4);
  });

  it("is sent twice at most, when each time the service knows of a reset more", async () => {
    const { end, actions } = reset([lost, none, { TotalCount: 7 }, lost, none, { TotalCount: 8 }, accepted]);
    await expect(end).rejects.toBe(lost);
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(2);
  });

  it.each<[string, Error]>([
    ["the service refuses it", new ApiError("ResetPassword", "InvalidParameterValue.PasswordRuleError", "r1", "No.")],
    ["the quota is used up to the end", new ApiError("ResetPassword", "RequestLimitExceeded", "r1", "No.")],
    ["it was never sent", new TransportError("ResetPassword", "unreachable", "connect ECONNREFUSED")],
    ["its answer cannot be used", new TransportError("ResetPassword", "unusable", "the answer broke off")],
  ])("is none where %s", async (_, error) => {
    const { end, actions } = reset([error, none, none, accepted]);
    await expect(end).rejects.toBe(error);
    expect(actions()).toEqual(["ResetPassword"]);
  });

  it("waits longer from loss to loss", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    const { end, delays } = reset([lost, none, none, lost, none, none, lost, none, none, accepted]);
    await end;
    expect(delays).toEqual([0, 1, 2].flatMap((losses) => [retryDelayMs(losses, 0.5), 1000]));
    jest.restoreAllMocks();
  });

  it.each<[string, Outcome]>([
    ["no answer comes", new TransportError("DescribeTaskList", "lost", "no answer in time")],
    ["the answer does not tell", {}],
    ["the answer tells no number", { TotalCount: "0" }],
  ])("is sent again only once that is known, and asked again where %s", async (_, outcome) => {
    const { end, actions } = reset([lost, outcome, none, outcome, none, none, accepted]);
    await end;
    expect(actions()).toEqual(["ResetPassword", ...Array<string>(5).fill("DescribeTaskList"), "ResetPassword"]);
  });

  const locked = new ApiError("ResetPassword", "ResourceInUse.InstanceBeenLocked", "r2", "Locked.");
  it.each<[string, Outcome[], RegExp]>([
    [
      "the service refuses to tell whether one is under way",
      [new ApiError("DescribeTaskList", "UnauthorizedOperation", "r2", "No.")],
      /^ResetPassword got no usable answer: no answer in time; then DescribeTaskList failed: No\. \(\S+, request \S+\)$/,
    ],
    ["the next attempt is refused", [none, none, locked], /no answer in time; then ResetPassword failed: Locked\./],
    [
      "the next attempt was never sent",
      [none, none, new TransportError("ResetPassword", "unreachable", "connect ECONNREFUSED")],
      /no answer in time; then ResetPassword got no usable answer: connect ECONNREFUSED$/,
    ],
  ])("stays in doubt where %s", async (_, outcomes, message) => {
    const { end } = reset([lost, ...outcomes]);
    await expect(end).rejects.toMatchObject({
      name: "TransportError",
      outcome: "lost",
      message: expect.stringMatching(message) as string,
    });
  });

  it("fails for its own reason where a reset is under way until the time is over", async () => {
    const { end, actions } = reset([lost, underWay], 10);
    await expect(end).rejects.toBe(lost);
    expect(actions().filter((action) => action === "ResetPassword")).toHaveLength(1);
  });

  it("fails where there is no time to find out", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0);
    const { end, actions } = reset([lost, none, accepted], 1);
    await expect(end).rejects.toBe(lost);
    expect(actions()).toEqual(["ResetPassword"]);
    jest.restoreAllMocks();
  });
});

describe("a task", () => {
  it("is asked for by its id", async () => {
    const { client, calls } = clientOf({ Status: "running" });
    await describeTaskInfo(client, 16657, deadline);
    expect(calls).toEqual([{ action: "DescribeTaskInfo", parameters: { TaskId: 16657 }, deadline, patienceMs: 3000 }]);
  });

  it.each([
    [{ Status: "running" }, { status: "running", message: "", startTime: "" }],
    [
      { Status: "SUCCEED", TaskMessage: null, StartTime: "2018-11-01 17:25:14" },
      { status: "succeed", message: "", startTime: "2018-11-01 17:25:14" },
    ],
    [
      { Status: "Failed", TaskMessage: "No.", StartTime: 5 },
      { status: "failed", message: "No.", startTime: "" },
    ],
  ])("is read from %j", async (content, expected) => {
    await expect(describeTaskInfo(clientOf(content).client, 16657, deadline)).resolves.toEqual({
      ...expected,
      answeredAtMs,
    });
  });

  it.each([[{}], [{ Status: 2 }], [{ Status: null }]])("cannot be told from %j", async (content) => {
    await expect(describeTaskInfo(clientOf(content).client, 16657, deadline)).rejects.toMatchObject(
      unusable("DescribeTaskInfo", "Status"),
    );
  });
});

it("the tasks of an instance are asked for with a patience of 5 s", async () => {
  const { client, calls } = clientOf({ Tasks: [{ TaskId: 100 }] });
  await expect(instanceTasks(client, "crs-5a4py64p", deadline)).resolves.toMatchObject({
    tasks: [{ taskId: 100 }],
    answeredAtMs,
  });
  const parameters = { InstanceId: "crs-5a4py64p", TaskTypes: ["007", "035", "037"], Limit: 100, Offset: 0 };
  expect(calls).toEqual([{ action: "DescribeTaskList", parameters, deadline, patienceMs: 5000 }]);
});

describe("when the password was last set", () => {
  const root = { AccountName: "root", PasswordLastModifiedTime: "2026-01-02 12:00:05" };
  it.each<[string, object[], string | undefined]>([
    ["is told of the account root", [{ ...root, AccountName: "reader" }, root], "2026-01-02 12:00:05"],
    ["is not known where the service has kept no time", [{ ...root, PasswordLastModifiedTime: "" }], undefined],
    ["is not known where the service tells no time", [{ ...root, PasswordLastModifiedTime: "never" }], undefined],
    ["is not known where there is no such account", [{ ...root, AccountName: "reader" }], undefined],
  ])("%s", async (_, Accounts, time) => {
    const { client, calls } = clientOf({ Accounts });
    await expect(passwordTime(client, "crs-5a4py64p", deadline)).resolves.toBe(time);
    const parameters = { InstanceId: "crs-5a4py64p", Limit: 100, Offset: 0 };
    expect(calls).toEqual([{ action: "DescribeInstanceAccount", parameters, deadline, patienceMs: 5000 }]);
  });
});

describe("an instance", () => {
  const exists = async (outcome: Outcome) =>
    (await describeInstance(clientOf(outcome).client, "crs-5a4py64p", deadline)) !== undefined;

  it("is asked for by its id", async () => {
    const { client, calls } = clientOf({ InstanceSet: [] });
    await describeInstance(client, "crs-5a4py64p", deadline);
    expect(calls).toEqual([{ action: "DescribeInstances", parameters: { InstanceId: "crs-5a4py64p" }, deadline }]);
  });

  it.each([
    ["is there when the list holds it", [{ InstanceId: "crs-5a4py64p" }], true],
    ["is there among others", [null, { InstanceId: "crs-other" }, { InstanceId: "crs-5a4py64p" }], true],
    ["is gone when the list is empty", [], false],
  ])("%s", async (_, InstanceSet, expected) => {
    await expect(exists({ InstanceSet })).resolves.toBe(expected);
  });

  it.each([[[{ InstanceId: "crs-5a4py64" }]], [[{ NoAuth: false }]]])(
    "is not known to be gone where the list holds something else: %j",
    async (InstanceSet) => {
      await expect(exists({ InstanceSet })).rejects.toMatchObject(unusable("DescribeInstances", "InstanceId"));
    },
  );

  it.each([
    [true, true],
    [false, false],
    [undefined, undefined],
    ["true", undefined],
  ])("is in password-free mode only when the service says so: %j", async (NoAuth, isPasswordFree) => {
    const { client } = clientOf({ InstanceSet: [{ InstanceId: "crs-5a4py64p", NoAuth }] });
    await expect(describeInstance(client, "crs-5a4py64p", deadline)).resolves.toEqual({
      isPasswordFree,
      condition: "usable",
    });
  });

  it.each([
    [2, "usable"],
    [1, "usable"],
    [0, "usable"],
    [-1, "usable"],
    [-2, "isolated"],
    [-3, "to be deleted"],
    ["-2", "usable"],
    [undefined, "usable"],
  ])("with the status %j is %s", async (Status, condition) => {
    const { client } = clientOf({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status }] });
    await expect(describeInstance(client, "crs-5a4py64p", deadline)).resolves.toHaveProperty("condition", condition);
  });

  it("is asked for with the patience that is given", async () => {
    const { client, calls } = clientOf({ InstanceSet: [] });
    await describeInstance(client, "crs-5a4py64p", deadline, 5000);
    expect(calls).toMatchObject([{ patienceMs: 5000 }]);
  });

  it.each(["ResourceNotFound", "ResourceNotFound.InstanceNotExists", "ResourceNotFound.InstanceNotFound"])(
    "is gone when the service says %s",
    async (code) => {
      await expect(exists(new ApiError("DescribeInstances", code, "r1", "No."))).resolves.toBe(false);
    },
  );

  it.each([
    new ApiError("DescribeInstances", "AuthFailure.SecretIdNotFound", "r1", "No."),
    new ApiError("DescribeInstances", "ResourceUnavailable.InstanceDeleted", "r1", "No."),
    new TransportError("DescribeInstances", "lost", "no answer in time"),
  ])("is not taken for gone when nothing is known of it: %s", async (error) => {
    await expect(exists(error)).rejects.toBe(error);
  });

  it("is not taken for gone when the answer holds no list", async () => {
    await expect(exists({})).rejects.toMatchObject(unusable("DescribeInstances", "InstanceSet"));
  });
});
