import type { ServerResponse } from "node:http";
import { inspect } from "node:util";

import { create } from "../support/handlers";
import { skipWaiting, stopCalendar } from "../support/clock";
import { failureOf } from "../support/failure";
import { type Received, loseAnswer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { useRedisServers } from "../support/redisServer";
import {
  afterReset,
  checked,
  fingerprintOf,
  id,
  newPassword,
  pendingReset,
  without,
  withoutPassword,
} from "../support/resource";
import {
  accepted,
  describeAccount,
  describeInstance,
  countResets,
  describeUnfinished,
  describeTask,
  describeTasks,
  instances,
  isolated,
  listed,
  passwordFree,
  refuse,
  resetPassword,
  tasks,
  setAt,
  status,
  succeeded,
  useScriptedApi,
} from "../support/scriptedApi";
import { useTemporaryHome } from "../support/temporaryHome";

const api = useScriptedApi();
const output = captureOutput();
const serve = useRedisServers();

stopCalendar();
skipWaiting();

it("the password is reset, and what came of it recorded", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  // Strictly: Pulumi would fail, after the reset, on anything undefined.
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword),
  });
  // Before it was sent, and after its task had ended.
  expect(api.unscriptedLists()).toBe(2);
});

it("a reset whose times the service does not tell says in the state that they are to be looked up", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  const outs = without(without(afterReset(newPassword, { unchecked: true }), "taskStartTime"), "passwordTime");
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({ id, outs });
});

it("the times that the list tells of its task are recorded before any others", async () => {
  const ours = { TaskId: 16657, StartTime: "2026-01-02 11:04:06", EndTime: "2026-01-02 11:04:09" };
  const newest = { TaskId: 16000, StartTime: "2026-01-01 11:00:00", EndTime: "2026-01-01 11:00:02" };
  api.expect(
    describeTasks(listed(newest)),
    resetPassword(newPassword),
    describeTask(16657, succeeded),
    describeTasks(listed(ours, newest)),
  );
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword, { taskStartTime: ours.StartTime, passwordTime: ours.EndTime }),
  });
});

it("with what is required only, there are no triggers, and the waiting has a time of its own", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  const inputs = without(without(checked({ password: newPassword }), "triggers"), "timeoutSeconds");
  await expect(create(inputs)).resolves.toStrictEqual({ id, outs: afterReset(newPassword, { triggers: {} }) });
});

const home = useTemporaryHome();

/** A resource's own profile is used whatever key the environment has. */
function useProductionProfile(): void {
  home.write("production.credential", '{"secretId":"AKIDproduction","secretKey":"exampleKey"}');
  process.env.TENCENTCLOUD_SHARED_CREDENTIALS_DIR = home.at();
}

it("the profile is recorded, for a refresh to use it, too", async () => {
  useProductionProfile();
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  await expect(create(checked({ password: newPassword, profile: "production" }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword, { profile: "production" }),
  });
});

it("the times of its task are recorded, for a refresh to compare with", async () => {
  const acceptedEarlier = (response: ServerResponse, request: Received) => {
    response.setHeader("Date", "Fri, 02 Jan 2026 03:03:55 GMT");
    accepted(16657)(response, request);
  };
  api.expect(
    resetPassword(newPassword, acceptedEarlier),
    describeTask(16657, status("succeed", "", "2026-01-02 11:03:56")),
  );
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword, {
      resetAt: "2026-01-02T03:03:55.000Z",
      taskStartTime: "2026-01-02 11:03:56",
      passwordTime: "2026-01-02 11:04:06",
    }),
  });
});

it("neither the id nor what is recorded holds the password", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  expect(JSON.stringify(await create(checked({ password: newPassword })))).not.toContain(newPassword);
});

it("a reset that takes too long is recorded as pending", async () => {
  api.expect(resetPassword(newPassword), { ...describeTask(16657, status("running")), anyTimes: true });
  const inputs = checked({ password: newPassword, timeoutSeconds: 60 });
  const reason =
    "ResetPassword timed out: task 16657 of crs-5a4py64p was still running after 60 s " +
    "(request 137c2607-07d1-4df0-9978-4b57a7ca3465). Run `pulumi up` to resume waiting.";
  const error = await failureOf(() => create(inputs));
  expect(error).toMatchObject({ name: "PartialFailure", message: reason, id, reasons: [reason] });
  // Without `__provider` every later refresh and destroy would fail.
  expect(error).toHaveProperty("properties", {
    ...pendingReset(newPassword),
    __provider: "the provider",
  });
});

it("a reset whose task cannot be asked for is recorded as pending", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, refuse("UnauthorizedOperation", "No.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "PartialFailure",
    id,
    properties: { taskId: 16657, status: "pending" },
    reasons: [
      "DescribeTaskInfo failed: No. (UnauthorizedOperation, request 137c2607-07d1-4df0-9978-4b57a7ca3465). " +
        "Grant the CAM action redis:DescribeTaskInfo, then run `pulumi up` to resume waiting.",
    ],
  });
});

it("nothing is recorded where the service refuses the reset", async () => {
  api.expect(resetPassword(newPassword, refuse("InvalidParameterValue.PasswordRuleError", "Too weak.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "ApiError",
    message:
      "ResetPassword failed: Too weak. (InvalidParameterValue.PasswordRuleError, " +
      "request 137c2607-07d1-4df0-9978-4b57a7ca3465). " +
      "Choose a password that meets the instance's own password policy.",
  });
});

const taskFailed = (message: string): string =>
  `ResetPassword failed: task 16657 of crs-5a4py64p ended as failed: ${message} ` +
  "(request 137c2607-07d1-4df0-9978-4b57a7ca3465). Run `pulumi up` to send the password again.";

it("nothing is recorded where the task fails", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("failed", "Proxy busy.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "TaskError",
    message: taskFailed("Proxy busy."),
  });
});

it("what the service says of a task does not show the password that it repeats", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("failed", `${newPassword} is refused.`)));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "TaskError",
    message: taskFailed("[secret] is refused."),
  });
});

it("the same password is sent again where the answer is lost, once no reset is under way any more", async () => {
  api.expect(
    resetPassword(newPassword, loseAnswer),
    describeUnfinished(tasks(1)),
    describeUnfinished(tasks(0)),
    countResets(tasks(0)),
    resetPassword(newPassword),
    describeTask(16657, succeeded),
  );
  await expect(create(checked({ password: newPassword, timeoutSeconds: 60 }))).resolves.toHaveProperty(
    "outs",
    afterReset(newPassword),
  );
});

it("a reset whose answer is lost at the end is recorded as failed: the next run sends the same password", async () => {
  api.expect(resetPassword(newPassword, loseAnswer));
  const error = await failureOf(() => create(checked({ password: newPassword, timeoutSeconds: 1 })));
  const reason = /^ResetPassword got no usable answer: [^;]*\. Run `pulumi up` to send the password again\.$/;
  expect(error).toMatchObject({ name: "PartialFailure", id, message: expect.stringMatching(reason) as string });
  expect(error).toHaveProperty("properties", {
    stateVersion: 1,
    instanceId: "crs-5a4py64p",
    region: "ap-guangzhou",
    triggers: { month: "2026-01" },
    passwordFingerprint: fingerprintOf(newPassword),
    status: "failed",
    reason: "the last reset may not have been carried out",
    __provider: "the provider",
  });
});

it("nothing is sent where this run was not given the password", async () => {
  await expect(create(withoutPassword())).rejects.toThrow(
    "ResetPassword was not sent: this run has no password. Take password out of ignoreChanges for this run.",
  );
});

it("a refusal that repeats the password of an earlier request is told without it", async () => {
  const refusal = refuse("FailedOperation", `No ${newPassword}.`);
  api.expect(resetPassword(newPassword), describeTask(16657, refusal));
  const error = await failureOf(() => create(checked({ password: newPassword })));
  expect(error).toHaveProperty("message", expect.stringMatching(/^DescribeTaskInfo failed: No \[secret\]\. /));
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain(newPassword);
});

describe("an adoption", () => {
  const adopting = (changes: object = {}) => checked({ password: newPassword, onCreate: "adopt", ...changes });
  const adopted = (changes: object = {}) => ({
    stateVersion: 1,
    instanceId: "crs-5a4py64p",
    region: "ap-guangzhou",
    triggers: { month: "2026-01" },
    passwordFingerprint: fingerprintOf(newPassword),
    status: "done",
    ...changes,
  });

  const setBefore = describeAccount(setAt("2026-01-01 08:00:02"));
  const unproven = { unproven: true };
  const warning =
    "crs-5a4py64p: warning: the password was adopted unproven, AUTH may refuse it. Set verify to prove an adoption, and " +
    "remove onCreate from the program after the first `pulumi up`.";

  it("records the instance, the password, when that was set and the newest task, and resets nothing", async () => {
    api.expect(
      describeInstance(instances("crs-5a4py64p")),
      describeTasks(tasks(0)),
      setBefore,
      describeTasks(listed({ TaskId: 16000 }, { TaskId: 15999, TaskType: "037", Result: 4 })),
    );
    await expect(create(adopting({ profile: undefined }))).resolves.toStrictEqual({
      id,
      outs: adopted({ newestTaskId: 16000, passwordTime: "2026-01-01 08:00:02", ...unproven }),
    });
    expect(output()).toEqual(["crs-5a4py64p: is adopted with its password, nothing was reset", warning]);
  });

  it("is proven where the instance accepts the password", async () => {
    const { port } = await serve("+OK\r\n");
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).resolves.toStrictEqual({
      id,
      outs: adopted({ newestTaskId: 0, passwordTime: "2026-01-01 08:00:02" }),
    });
    expect(output()).toEqual(["crs-5a4py64p: is adopted with its password, nothing was reset"]);
  });

  it("is unproven where the instance cannot be reached", async () => {
    const { port, stop } = await serve();
    await stop();
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).resolves.toHaveProperty(
      "outs.unproven",
      true,
    );
    expect(output()).toContain(warning);
  });

  it.each([
    ["keeps none", ""],
    ["tells another thing", `${newPassword} 08:00:02`],
  ])("does without the time where the service %s", async (_, time) => {
    api.expect(describeInstance(instances("crs-5a4py64p")), describeAccount(setAt(time)));
    await expect(create(adopting())).resolves.toStrictEqual({ id, outs: adopted({ newestTaskId: 0, ...unproven }) });
  });

  it("records the profile, for a refresh to use it, too", async () => {
    useProductionProfile();
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ profile: "production" }))).resolves.toHaveProperty("outs.profile", "production");
  });

  it("does without what this run may not ask for, says so, and records that it is to be looked up", async () => {
    api.expect(
      describeInstance(instances("crs-5a4py64p")),
      describeTasks(refuse("UnauthorizedOperation", "No.")),
      describeAccount(refuse("UnauthorizedOperation", "No.")),
      describeTasks(refuse("UnauthorizedOperation", "No.")),
    );
    await expect(create(adopting())).resolves.toStrictEqual({ id, outs: adopted({ unchecked: true, ...unproven }) });
    expect(output()).toEqual([
      expect.stringMatching(/^crs-5a4py64p: warning: other changes of the password could not be looked up: /),
      expect.stringMatching(/^crs-5a4py64p: when the password was last set could not be looked at: /),
      expect.stringMatching(/^crs-5a4py64p: which tasks have set the password could not be looked at: /),
      "crs-5a4py64p: is adopted with its password, nothing was reset",
      warning,
    ]);
  });

  it.each([
    [
      "no such instance",
      instances(),
      "Adoption failed: there is no instance crs-5a4py64p in ap-guangzhou. Check instanceId and region: an instance is " +
        "found in its own region only.",
    ],
    [
      "an instance without a password",
      passwordFree,
      'Adoption failed: crs-5a4py64p is in password-free mode and has no password. Set onCreate to "reset".',
    ],
    [
      "an isolated instance",
      isolated,
      "Adoption failed: the instance crs-5a4py64p is isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
  ])("is refused where there is %s", async (_, respond, message) => {
    api.expect(describeInstance(respond));
    await expect(create(adopting())).rejects.toThrow(message);
  });

  it("is refused where the instance refuses the password", async () => {
    const { port } = await serve("-WRONGPASS invalid username-password pair\r\n");
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).rejects.toThrow(
      `Adoption failed: 127.0.0.1:${port} refuses the password: WRONGPASS invalid username-password pair. ` +
        "Set password to the one that crs-5a4py64p has.",
    );
  });

  it("needs the password, to know when it changes", async () => {
    await expect(create(withoutPassword({ onCreate: "adopt" }))).rejects.toThrow(
      "this run has no password. Take password out",
    );
  });
});
