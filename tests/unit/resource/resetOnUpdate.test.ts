import { inspect } from "node:util";

import { update } from "../support/handlers";
import { skipWaiting, stopCalendar } from "../support/clock";
import { failureOf } from "../support/failure";
import { loseAnswer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { useRedisServers } from "../support/redisServer";
import {
  type State,
  afterReset,
  checked,
  id,
  newPassword,
  oldPassword,
  pendingReset,
  state,
  stateWithoutPassword,
  without,
  withoutPassword,
} from "../support/resource";
import {
  type Exchange,
  type ListedTask,
  accepted,
  describeAccount,
  describeInstance,
  describeTasks,
  instances,
  listed,
  passwordFree,
  setAt,
  countResets,
  describeUnfinished,
  describeTask,
  refuse,
  requestId,
  resetPassword,
  tasks,
  status,
  succeeded,
  useScriptedApi,
} from "../support/scriptedApi";

const wasReset = (taskId: number): string => `crs-5a4py64p: the password was reset (task ${taskId})`;
const api = useScriptedApi();
const output = captureOutput();
const serve = useRedisServers();

stopCalendar();
skipWaiting();

/** When the task of the earlier run has run, as the service tells it. */
const started = "2026-01-01 08:00:00";
const ended = "2026-01-01 08:00:04";
const ours = { TaskId: 11111, StartTime: started, EndTime: ended };
const done = { taskStartTime: started, passwordTime: ended, newestTaskId: 11111 };
const ourTask = describeTask(11111, status("succeed", "", started));

/** What a run asks that has found the reset of an earlier one to have succeeded. */
const sinceThen = ({ others = [] as ListedTask[], instance = [describeInstance(instances("crs-5a4py64p"))] } = {}) => [
  describeTasks(listed(...others, ours)),
  describeAccount(setAt("")),
  describeTasks(listed(...others, ours)),
  ...instance,
];

const later: ListedTask = { TaskId: 22222, StartTime: "2026-01-01 08:59:58", EndTime: "2026-01-01 09:00:00" };

const inDoubt = { status: "failed", reason: "the last reset may not have been carried out" };

describe("where a reset is due", () => {
  it("another password is sent", async () => {
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    expect(await update(id, state(), checked({ password: newPassword }))).toStrictEqual({
      outs: afterReset(newPassword),
    });
  });

  it("the same password is sent again for another trigger", async () => {
    api.expect(resetPassword(oldPassword), describeTask(16657, succeeded));
    expect(await update(id, state(), checked({ triggers: { day: "1" } }))).toStrictEqual({
      outs: afterReset(oldPassword, { triggers: { day: "1" } }),
    });
  });

  it("the same password is sent again after a reset whose answer was lost", async () => {
    api.expect(resetPassword(oldPassword), describeTask(16657, succeeded));
    expect(await update(id, state({ status: "failed" }), checked())).toStrictEqual({ outs: afterReset(oldPassword) });
  });

  it("nothing is sent where this run was not given the password", async () => {
    await expect(update(id, stateWithoutPassword(), withoutPassword({ triggers: {} }))).rejects.toThrow(
      "ResetPassword was not sent: this run has no password. Take password out of ignoreChanges for this run.",
    );
  });
});

describe("where no reset is due", () => {
  it("another profile is none", async () => {
    const recorded = state({ profile: "production" });
    await expect(update(id, recorded, checked({ profile: "other" }))).resolves.toStrictEqual({ outs: recorded });
  });

  it("nothing is sent, and everything stays recorded", async () => {
    const recorded = state();
    await expect(update(id, recorded, checked({ timeoutSeconds: 5 }))).resolves.toStrictEqual({ outs: recorded });
  });

  it.each([
    [{ instanceId: "crs-another1" }, "instanceId cannot be changed in place"],
    [{ instanceId: "crs-another1", region: "ap-shanghai" }, "instanceId and region cannot be changed in place"],
  ])("another instance is refused, with nothing sent: %j", async (changes, message) => {
    await expect(update(id, state(), checked(changes))).rejects.toThrow(message);
  });
});

describe("where the last reset was not waited for", () => {
  const pending = state({ status: "pending" });

  it("the same task is waited for, and nothing sent again", async () => {
    api.expect(ourTask, ...sinceThen());
    await expect(update(id, pending, checked())).resolves.toStrictEqual({ outs: state(done) });
    expect(output()).toEqual([wasReset(11111)]);
  });

  it.each<[string, Exchange[], string]>([
    [
      "the instance lets everybody in",
      sinceThen({ instance: [describeInstance(passwordFree)] }),
      "password-free mode is on",
    ],
    [
      "somebody else has set the password",
      sinceThen({ others: [later], instance: [] }),
      "somebody else, or a run that was killed, set the password at 2026-01-01 09:00:00, the service's time",
    ],
  ])("the password is sent again where %s since", async (_, exchanges, reason) => {
    api.expect(ourTask, ...exchanges, resetPassword(oldPassword), describeTask(16657, succeeded));
    expect(await update(id, pending, checked())).toStrictEqual({ outs: afterReset(oldPassword) });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the password is sent again`, wasReset(16657)]);
  });

  it("drift since then is recorded where this run was not given the password", async () => {
    api.expect(ourTask, ...sinceThen({ instance: [describeInstance(passwordFree)] }));
    const error = await failureOf(() => update(id, stateWithoutPassword({ status: "pending" }), withoutPassword()));
    expect(error).toMatchObject({
      name: "PartialFailure",
      message: "ResetPassword was not sent: password-free mode is on. Take password out of ignoreChanges for this run.",
      properties: { status: "drifted", reason: "password-free mode is on" },
    });
  });

  it.each<[string, Exchange[], Partial<State>, RegExp[]]>([
    [
      "whether the instance is there",
      sinceThen({ instance: [describeInstance(refuse("UnauthorizedOperation", "No."))] }),
      done,
      [/^crs-5a4py64p: whether the password was set since could not be looked at: DescribeInstances failed: /],
    ],
    [
      "when the password was set",
      [
        describeTasks(listed(ours)),
        describeAccount(refuse("UnauthorizedOperation", "No.")),
        describeTasks(listed(ours)),
        describeInstance(instances("crs-5a4py64p")),
      ],
      done,
      [/^crs-5a4py64p: when the password was last set could not be looked at: /],
    ],
    [
      "the tasks",
      [
        describeTasks(refuse("UnauthorizedOperation", "No.")),
        describeAccount(setAt("")),
        describeTasks(refuse("UnauthorizedOperation", "No.")),
        describeInstance(instances("crs-5a4py64p")),
      ],
      { taskStartTime: started },
      [
        /^crs-5a4py64p: warning: other changes of the password could not be looked up: /,
        /^crs-5a4py64p: which tasks have set the password could not be looked at: /,
      ],
    ],
  ])(
    "the reset is done where %s cannot be looked at, what is known is kept, and the state says that some is missing",
    async (_, exchanges, known, lines) => {
      api.expect(ourTask, ...exchanges);
      // What has come since stays to be told apart: nothing that was seen now counts as known.
      const expected = without(state({ ...known, unchecked: true }), "newestTaskId");
      await expect(update(id, pending, checked())).resolves.toStrictEqual({ outs: expected });
      expect(output()).toEqual([...lines.map((line) => expect.stringMatching(line) as string), wasReset(11111)]);
    },
  );

  it("it is waited for also without the password", async () => {
    api.expect(ourTask, ...sinceThen());
    expect(await update(id, stateWithoutPassword({ status: "pending" }), withoutPassword())).toStrictEqual({
      outs: stateWithoutPassword(done),
    });
  });

  it.each([
    [
      "has failed",
      status("failed", "Proxy busy."),
      "ResetPassword failed: task 11111 of crs-5a4py64p ended as failed: Proxy busy. (request an-earlier-request)",
    ],
    [
      "is not known any more",
      refuse("InvalidParameter.InvalidParameter", "No such task."),
      "task 11111 is unknown to the service",
    ],
  ])("the password is sent again when the task %s", async (_, end, reason) => {
    api.expect(
      { ...describeTask(11111, end), anyTimes: true },
      resetPassword(oldPassword),
      describeTask(16657, succeeded),
    );
    expect(await update(id, pending, checked({ timeoutSeconds: 60 }))).toStrictEqual({ outs: afterReset(oldPassword) });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the password is sent again`, wasReset(16657)]);
  });

  it.each([
    ["succeeded", status("succeed")],
    ["failed", status("failed")],
    ["been forgotten", refuse("InvalidParameter.InvalidParameter", "No such task.")],
  ])("another password is sent once the task has %s", async (_, end) => {
    api.expect(
      { ...describeTask(11111, end), anyTimes: true },
      resetPassword(newPassword),
      describeTask(16657, succeeded),
    );
    expect(await update(id, pending, checked({ password: newPassword, timeoutSeconds: 60 }))).toStrictEqual({
      outs: afterReset(newPassword),
    });
  });

  it.each([
    ["the same password", {}],
    ["another password, which is not sent yet", { password: newPassword }],
  ])("it stays pending while the task still runs: %s", async (_, changes) => {
    api.expect({ ...describeTask(11111, status("running")), anyTimes: true });
    const reason =
      "ResetPassword timed out: task 11111 of crs-5a4py64p was still running after 60 s (request an-earlier-request). " +
      "Run `pulumi up` to resume waiting.";
    const error = await failureOf(() => update(id, pending, checked({ ...changes, timeoutSeconds: 60 })));
    expect(error).toMatchObject({ name: "PartialFailure", id, reasons: [reason] });
    expect(error).toHaveProperty("properties", { ...pending, __provider: "the provider" });
  });

  it("an answer that is lost when the password is sent again leaves it in doubt", async () => {
    api.expect(describeTask(11111, status("failed")), resetPassword(oldPassword, loseAnswer));
    const error = await failureOf(() => update(id, pending, checked({ timeoutSeconds: 1 })));
    expect(error).toHaveProperty("properties", { ...pending, ...inDoubt, __provider: "the provider" });
  });

  it("an answer that is lost when another password is sent leaves it in doubt", async () => {
    api.expect(describeTask(11111, status("succeed")), resetPassword(newPassword, loseAnswer));
    const error = await failureOf(() => update(id, pending, checked({ password: newPassword, timeoutSeconds: 1 })));
    expect(error).toHaveProperty("properties", { ...pending, ...inDoubt, __provider: "the provider" });
  });
});

describe("where a reset does not end well", () => {
  it("one that takes too long is recorded as pending, with the password that it sets", async () => {
    api.expect(resetPassword(newPassword), { ...describeTask(16657, status("running")), anyTimes: true });
    const inputs = checked({ password: newPassword, triggers: { day: "1" }, timeoutSeconds: 60 });
    const reason =
      `ResetPassword timed out: task 16657 of crs-5a4py64p was still running after 60 s (request ${requestId}). ` +
      "Run `pulumi up` to resume waiting.";
    const error = await failureOf(() => update(id, state(), inputs));
    expect(error).toMatchObject({ name: "PartialFailure", message: reason, id, reasons: [reason] });
    expect(error).toHaveProperty("properties", {
      ...pendingReset(newPassword, { triggers: { day: "1" } }),
      __provider: "the provider",
    });
  });

  it("one whose answer is lost is recorded as failed, since either password may be set", async () => {
    api.expect(resetPassword(newPassword, loseAnswer));
    const error = await failureOf(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 1 })));
    const reason = /^ResetPassword got no usable answer: [^;]*\. Run `pulumi up` to send the password again\.$/;
    expect(error).toMatchObject({ name: "PartialFailure", id, message: expect.stringMatching(reason) as unknown });
    expect(error).toHaveProperty("reasons", [(error as Error).message]);
    expect(error).toHaveProperty("properties", { ...state(), ...inDoubt, __provider: "the provider" });
  });

  it("one whose answer is lost, and whose next attempt is refused, is recorded as failed as well", async () => {
    api.expect(
      resetPassword(newPassword, loseAnswer),
      describeUnfinished(tasks(0)),
      countResets(tasks(0)),
      resetPassword(newPassword, refuse("AuthFailure.TokenFailure", "No.")),
    );
    const error = await failureOf(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 600 })));
    expect(error).toMatchObject({
      name: "PartialFailure",
      id,
      properties: { ...without(state(), "__provider"), status: "failed" },
    });
    expect((error as Error).message).toMatch(/; then ResetPassword failed: No\. \(AuthFailure\.TokenFailure/);
  });

  it.each(["failed", "error"])(
    "one whose answer is lost, and whose next task ends as %s, is recorded as failed as well: the first may be set",
    async (end) => {
      api.expect(
        resetPassword(newPassword, loseAnswer),
        describeUnfinished(tasks(0)),
        countResets(tasks(1)),
        resetPassword(newPassword),
        describeTask(16657, status(end)),
      );
      const error = await failureOf(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 600 })));
      expect(error).toMatchObject({ name: "PartialFailure", id });
      expect(error).toHaveProperty("properties", { ...state(), ...inDoubt, __provider: "the provider" });
      expect((error as Error).message).toMatch(
        new RegExp(`; then ResetPassword failed: task 16657 of crs-5a4py64p ended as ${end}: `),
      );
    },
  );

  it.each([
    ["one that the service refuses", [resetPassword(newPassword, refuse("InvalidParameter", "No."))], "ApiError"],
    ["one whose task fails", [resetPassword(newPassword), describeTask(16657, status("failed"))], "TaskError"],
  ])("%s has changed nothing, and nothing is recorded", async (_, exchanges, name) => {
    api.expect(...exchanges);
    await expect(update(id, state(), checked({ password: newPassword }))).rejects.toMatchObject({ name });
  });

  it("no failure shows a password", async () => {
    api.expect(resetPassword(newPassword, loseAnswer));
    const error = await failureOf(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 1 })));
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/password-[12]/);
  });
});

describe("where the password is to be verified", () => {
  const verifying = async (reply?: string) => {
    const { port, stop } = await serve(reply);
    if (reply === undefined) await stop();
    return { port, verify: { host: "127.0.0.1", port } };
  };

  it("one that the instance accepts is recorded", async () => {
    const { verify } = await verifying("+OK\r\n");
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    await expect(update(id, state(), checked({ password: newPassword, verify }))).resolves.toStrictEqual({
      outs: afterReset(newPassword),
    });
    expect(output()).toEqual([wasReset(16657)]);
  });

  it("one that the instance refuses is recorded as failed, with what was sent", async () => {
    const { port, verify } = await verifying("-WRONGPASS invalid username-password pair\r\n");
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    const error = await failureOf(() => update(id, state(), checked({ password: newPassword, verify })));
    const reason =
      `Verification failed: 127.0.0.1:${port} refuses the password: WRONGPASS invalid username-password pair ` +
      `(task 16657, request ${requestId}). Run \`pulumi up\` to send the password again.`;
    expect(error).toMatchObject({ name: "PartialFailure", id, reasons: [reason] });
    expect(error).toHaveProperty("properties", {
      ...afterReset(newPassword, { status: "failed", reason: "the instance has refused the password" }),
      __provider: "the provider",
    });
  });

  it("if the instance is unreachable, the update warns and succeeds", async () => {
    const { port, verify } = await verifying();
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    await expect(update(id, state(), checked({ password: newPassword, verify }))).resolves.toStrictEqual({
      outs: afterReset(newPassword),
    });
    expect(output()).toEqual([
      `crs-5a4py64p: the password could not be verified at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
      wasReset(16657),
    ]);
  });

  it("it is, when a reset is completed that was not waited for", async () => {
    const { verify } = await verifying("-WRONGPASS invalid username-password pair\r\n");
    api.expect(ourTask, ...sinceThen());
    await expect(update(id, state({ status: "pending" }), checked({ verify }))).rejects.toMatchObject({
      properties: { status: "failed" },
    });
  });

  it("it is not, when another password follows", async () => {
    const { verify } = await verifying("+OK\r\n");
    api.expect(describeTask(11111, status("succeed")), resetPassword(newPassword), describeTask(16657, succeeded));
    await update(id, state({ status: "pending" }), checked({ password: newPassword, verify }));
    expect(output()).toEqual([wasReset(16657)]);
  });

  it("it cannot be without the password, which is said", async () => {
    const { port, verify } = await verifying("+OK\r\n");
    api.expect(ourTask, ...sinceThen());
    await update(id, stateWithoutPassword({ status: "pending" }), withoutPassword({ verify }));
    expect(output()).toEqual([
      `crs-5a4py64p: the password could not be verified at 127.0.0.1:${port}: this run was not given it`,
      wasReset(11111),
    ]);
  });
});

it("a task that is accepted under another number is the one that is waited for", async () => {
  api.expect(resetPassword(newPassword, accepted(22222)), describeTask(22222, status("succeed")));
  expect(await update(id, state(), checked({ password: newPassword }))).toHaveProperty("outs.taskId", 22222);
});
