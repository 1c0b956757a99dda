import { TransportError } from "../../../provider/tencentcloud/errors/errors";
import { failureOf } from "../support/failure";
import { type Answers, handlersOn, listOf, refusal, serviceTime, task, unfinished } from "../support/fakeService";
import { fingerprintOf, id, newPassword, state } from "../support/resource";

/** Updates to another password within a minute, and returns what is left of the error where it fails. */
async function update(answers: Answers, inputs: object = {}) {
  const handlers = handlersOn(answers);
  const news = handlers.checked({ password: newPassword, timeoutSeconds: 60, ...inputs });
  const outcome = await handlers.update(id, state(), news).catch((error: unknown) => error);
  return { ...handlers, outcome };
}

const done = { outs: { taskId: 100, status: "done" } };
const wasReset = "crs-5a4py64p: the password was reset (task 100)";
const ours = task(100, { EndTime: serviceTime(0) });

describe("before a reset is sent, another task that may set a password", () => {
  it("is waited for", async () => {
    const running = listOf(unfinished(99));
    const { outcome, sent, lines } = await update({
      DescribeTaskList: [running, running, running, listOf(task(99)), listOf(ours, task(99))],
    });
    expect(outcome).toMatchObject({ outs: { ...done.outs, newestTaskId: 100 } });
    expect(sent.find(({ action }) => action === "ResetPassword")).toMatchObject({ atMs: 3000 });
    expect(lines).toEqual([wasReset]);
  });

  it.each([
    ["a switch of password-free mode", "035"],
    ["a change of an account", "037"],
  ])("is waited for also where it is %s", async (_, TaskType) => {
    const { sent } = await update({ DescribeTaskList: [listOf(unfinished(99, { TaskType })), listOf()] });
    expect(sent.find(({ action }) => action === "ResetPassword")).toMatchObject({ atMs: 1000 });
  });

  it("that has not ended at the deadline is named, and nothing is sent nor recorded", async () => {
    const { outcome, count } = await update({ DescribeTaskList: listOf(unfinished(99)) });
    expect(outcome).toMatchObject({
      name: "Error",
      message:
        "ResetPassword was not sent: task 99 of crs-5a4py64p, which may set another password, had not ended after 60 s. " +
        "Run `pulumi up` once it has ended.",
    });
    expect(count("ResetPassword")).toBe(0);
  });

  it("that began over a day ago is ignored, with one warning", async () => {
    const old = unfinished(99, { StartTime: serviceTime(-86_402) });
    const { outcome, lines } = await update({ DescribeTaskList: [listOf(old), listOf(ours, old)] });
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([
      "crs-5a4py64p: warning: task 99 has not ended for over a day and is ignored, but may still set another password",
      wasReset,
    ]);
  });

  it("that began a day ago is waited for", async () => {
    const { outcome } = await update({ DescribeTaskList: listOf(unfinished(99, { StartTime: serviceTime(-86_300) })) });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/^ResetPassword was not sent: task 99 /) as string,
    });
  });
});

describe("after a reset has ended, another task that may set a password", () => {
  it("is waited for, and what it was is looked at", async () => {
    const { outcome, count, lines } = await update({
      ResetPassword: [{ TaskId: 100 }, { TaskId: 102 }],
      DescribeTaskList: (_, nowMs) =>
        nowMs < 2000 ? listOf(unfinished(101), ours) : listOf(task(101, { EndTime: serviceTime(2) }), ours),
    });
    // Known before: it is waited for, and then nothing is left to win.
    expect(count("ResetPassword")).toBe(1);
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([wasReset]);
  });

  it("is not our own, where the list is late to tell its end", async () => {
    const { outcome, elapsedMs } = await update({ DescribeTaskList: [listOf(), listOf(unfinished(100))] });
    expect(outcome).toMatchObject(done);
    expect(elapsedMs()).toBe(0);
  });

  it("that has not ended at the deadline leaves the reset pending, with its own task", async () => {
    const { outcome, count } = await update({ DescribeTaskList: [listOf(), listOf(unfinished(99), ours)] });
    const reason =
      "ResetPassword timed out: task 99 of crs-5a4py64p, which may set another password, had not ended after 60 s. " +
      "Run `pulumi up` to resume waiting.";
    expect(outcome).toMatchObject({
      name: "PartialFailure",
      reasons: [reason],
      properties: { taskId: 100, status: "pending", passwordFingerprint: fingerprintOf(newPassword), newestTaskId: 0 },
    });
    expect(count("ResetPassword")).toBe(1);
  });
});

describe("where other tasks cannot be looked up", () => {
  it.each([
    ["UnauthorizedOperation", 1],
    ["InvalidParameter.PermissionDenied", 1],
    // Not remembered, since it may be about this instance only.
    ["ResourceNotFound.InstanceNotExists", 2],
  ])("all goes on, with one warning: %s", async (code, requests) => {
    const { outcome, lines, count } = await update({ DescribeTaskList: refusal(code, "No list.") });
    expect(outcome).toMatchObject(done);
    expect(lines).toEqual([
      expect.stringMatching(
        /^crs-5a4py64p: warning: other changes of the password could not be looked up: DescribeTaskList failed: No list\. /,
      ),
      wasReset,
    ]);
    expect(count("DescribeTaskList")).toBe(requests);
  });

  it.each(["AuthFailure.SecretIdNotFound", "AuthFailure.SignatureFailure", "AuthFailure.TokenFailure"])(
    "a key that is refused ends the run with that one error, and nothing is sent: %s",
    async (code) => {
      const { outcome, lines, count } = await update({ DescribeTaskList: refusal(code, "No list.") });
      expect(outcome).toMatchObject({
        message: expect.stringContaining(
          `DescribeTaskList failed: No list. (${code}, request r1); the key is from the environment (TENCENTCLOUD_SECRET_ID)`,
        ) as string,
      });
      expect(lines).toEqual([]);
      expect(count("ResetPassword")).toBe(0);
    },
  );

  it("a permission that only the list lacks does not end the run", async () => {
    const { outcome } = await update({ DescribeTaskList: refusal("AuthFailure.UnauthorizedOperation", "No list.") });
    expect(outcome).toMatchObject(done);
  });

  it("a list that keeps failing is waited for some seconds only", async () => {
    const { outcome, elapsedMs } = await update({ DescribeTaskList: refusal("FailedOperation.SystemError") });
    expect(outcome).toMatchObject(done);
    // Before the reset, and after it.
    expect(elapsedMs()).toBeLessThan(12_000);
  });
});

describe("of an adoption", () => {
  const adopt = async (answers: Answers) => {
    const handlers = handlersOn(answers);
    const news = handlers.checked({ onCreate: "adopt", timeoutSeconds: 60 });
    return { ...handlers, outcome: await handlers.create(news).catch((error: unknown) => error) };
  };

  it("other tasks are waited for", async () => {
    const { outcome, elapsedMs } = await adopt({ DescribeTaskList: [listOf(unfinished(99)), listOf(task(99))] });
    expect(outcome).toMatchObject({ outs: { status: "done", newestTaskId: 99 } });
    expect(elapsedMs()).toBe(1000);
  });

  it("nothing comes where one has not ended at the deadline", async () => {
    expect((await adopt({ DescribeTaskList: listOf(unfinished(99)) })).outcome).toMatchObject({
      message:
        "Adoption failed: task 99 of crs-5a4py64p, which may set another password, had not ended after 60 s. " +
        "Run `pulumi up` once it has ended.",
    });
  });
});

it("what goes wrong before a reset is sent is no partial failure", async () => {
  const handlers = handlersOn({ ResetPassword: refusal("InvalidParameterValue.PasswordRuleError") });
  const news = handlers.checked({ password: newPassword });
  expect(await failureOf(() => handlers.update(id, state(), news))).toMatchObject({ name: "ApiError" });
});

it("a task that ended after ours is seen also by the third instance of a run", async () => {
  const handlers = handlersOn({
    // Ours is the fourth reset; somebody else's has ended in between, and nothing is unfinished any more.
    ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }, { TaskId: 102 }, { TaskId: 104 }],
    DescribeTaskList: ({ InstanceId }, atMs) => {
      if (InstanceId !== "crs-third") return listOf();
      const foreign = task(103, { InstanceId, EndTime: serviceTime(5) });
      const third = task(102, { InstanceId, EndTime: serviceTime(2) });
      const again = task(104, { InstanceId, EndTime: serviceTime(60) });
      return atMs < 2000 ? listOf(third, foreign) : listOf(again, third, foreign);
    },
  });
  for (const instanceId of ["crs-first", "crs-second"]) await handlers.create(handlers.checked({ instanceId }));
  const { outs } = (await handlers.create(handlers.checked({ instanceId: "crs-third" }))) as { outs: object };
  expect(handlers.lines).toEqual([
    "crs-first: the password was reset (task 100)",
    "crs-second: the password was reset (task 101)",
    expect.stringMatching(/^crs-third: somebody else, or a run that was killed, set .*; the password is sent again$/),
    "crs-third: the password was reset (task 104)",
  ]);
  expect(outs).toMatchObject({ taskId: 104, status: "done" });
});

it("a list that is throttled leaves time for the reset", async () => {
  const { outcome, sent, lines } = await update({ DescribeTaskList: refusal("RequestLimitExceeded") });
  expect(outcome).toMatchObject(done);
  expect(sent.find(({ action }) => action === "ResetPassword")?.atMs).toBeLessThanOrEqual(15_000);
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^crs-5a4py64p: warning: other changes of the password could not be looked up: /),
    wasReset,
  ]);
});

it("a permission that is missing is said once in a run, however many instances there are", async () => {
  const handlers = handlersOn({ DescribeTaskList: refusal("UnauthorizedOperation") });
  for (const instanceId of ["crs-first", "crs-second", "crs-third"]) {
    await handlers.create(handlers.checked({ instanceId }));
  }
  expect(handlers.lines.filter((line) => line.includes("warning: "))).toHaveLength(1);
  expect(handlers.count("DescribeTaskList")).toBe(1);
});

it.each([
  ["no credentials", {}, "CredentialsError", /^No Tencent Cloud credentials/],
  ["half a key", { TENCENTCLOUD_SECRET_ID: "AKIDexample" }, "CredentialsError", /TENCENTCLOUD_SECRET_KEY/],
  ["an endpoint that is none", { TENCENTCLOUD_REDIS_ENDPOINT: "nowhere" }, "SettingsError", /endpoint/i],
] as const)("%s end a reset in their own words, with no warning before", async (_, values, name, words) => {
  const environment: Record<string, string | undefined> = {
    TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1",
    ...values,
  };
  const transport = () => Promise.reject(new TransportError("GET", "unreachable", "connect ECONNREFUSED"));
  const handlers = handlersOn({}, { environment: (variable) => environment[variable], transport });
  for (const onCreate of ["reset", "adopt"] as const) {
    const error = await failureOf(() => handlers.create(handlers.checked({ onCreate })));
    expect(error).toMatchObject({ name, message: expect.stringMatching(words) as string });
  }
  expect(handlers.lines).toEqual([]);
});
