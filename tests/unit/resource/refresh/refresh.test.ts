import { CanceledError } from "../../../../provider/tencentcloud/errors/errors";
import { handlersOn, refusal, serviceTime } from "../../support/fakeService";
import { read, setEnvironment } from "../../support/handlers";
import { answer, loseAnswer } from "../../support/httpServer";
import { captureOutput } from "../../support/output";
import { type State, id, state, without } from "../../support/resource";
import {
  type Exchange,
  describeAccount,
  describeInstance,
  describeTasks,
  isolated,
  listed,
  passwordFree,
  setAt,
  useScriptedApi,
} from "../../support/scriptedApi";
import { isThere, noTime, ours, times } from "../../support/earlierReset";

const api = useScriptedApi();
const output = captureOutput();

it.each<[string, Partial<State>, string[]]>([
  ["a pending reset", { status: "pending" }, ["the next pulumi up completes the last reset (task 11111)"]],
  [
    "a pending reset without a task",
    { status: "pending", taskId: undefined },
    ["the last reset may not have been carried out; the next pulumi up resets the password to the program's"],
  ],
  [
    "a reset in doubt",
    { status: "failed" },
    ["the last reset may not have been carried out; the next pulumi up resets the password to the program's"],
  ],
  [
    "drift that was found before",
    { status: "drifted", reason: "password-free mode is on", isPasswordFree: true },
    ["password-free mode is on; the next pulumi up resets the password to the program's"],
  ],
])("the state of an existing instance stays unchanged, with %s", async (_, changes, lines) => {
  api.expect(isThere);
  const recorded = state({ ...changes, ...times });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual(lines.map((line) => `crs-5a4py64p: ${line}`));
  expect(api.unscriptedLists()).toBe(0);
});

it("the state stays unchanged if our reset set the password", async () => {
  api.expect(isThere, describeAccount(setAt(times.passwordTime)), describeTasks(listed(ours)));
  const recorded = state({ ...times, newestTaskId: 11111 });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual([]);
});

it.each<[string, Exchange[], string, Partial<State>]>([
  ["is in password-free mode", [describeInstance(passwordFree)], "password-free mode is on", { isPasswordFree: true }],
  [
    "has another password",
    [isThere, describeAccount(setAt("2026-03-04 05:06:07")), describeTasks(listed(ours))],
    "somebody else or a killed run set the password at 2026-03-04 05:06:07 (service time)",
    {},
  ],
])("drift is recorded and reported with its reason: the instance %s", async (_, exchanges, reason, mark) => {
  api.expect(...exchanges);
  const recorded = state(times);
  const props = { ...recorded, status: "drifted", reason, ...mark };
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props });
  expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password to the program's`]);
});

it.each([
  ["isolated", isolated, "Restore the instance in the console, then run `pulumi up`."],
  [
    "to be deleted",
    answer({ InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: -3 }], RequestId: "r1" }),
    "Remove the resource from the program.",
  ],
])("an instance that is %s is reported, with what to do", async (condition, respond, advice) => {
  api.expect(describeInstance(respond), noTime);
  const recorded = state({ ...times, newestTaskId: 11111 });
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual([`crs-5a4py64p: the instance is ${condition}. ${advice}`]);
});

it("an unproven adoption is reported at each refresh", async () => {
  const adopted = without(state({ unproven: true, passwordTime: times.passwordTime, newestTaskId: 0 }), "taskId");
  for (let refreshes = 1; refreshes <= 2; refreshes++) {
    api.expect(isThere, describeAccount(setAt(times.passwordTime)));
    await expect(read(id, adopted)).resolves.toStrictEqual({ id, props: adopted });
    expect(output()).toHaveLength(refreshes);
  }
  expect(output()[0]).toMatch(/^crs-5a4py64p: warning: the password was adopted without proof: /);
});

it("the credentials come from the recorded profile", async () => {
  setEnvironment({
    TENCENTCLOUD_SECRET_ID: undefined,
    TENCENTCLOUD_SECRET_KEY: undefined,
    TENCENTCLOUD_SHARED_CREDENTIALS_DIR: "/nonexistent",
  });
  await expect(read(id, state({ profile: "production" }))).rejects.toThrow(
    "Profile production: /nonexistent/production.credential does not exist",
  );
});

it.each(["", "crs-5a4py64p", "ap-guangzhou/", "crs\u001b[31m\nx"])(
  "an invalid id is rejected, and does not count as a missing instance: %j",
  async (odd) => {
    await expect(read(odd, state())).rejects.toThrow(
      /^The id [ -~]* is not one of this package: <region>\/<instanceId>, or with \/<account>$/,
    );
  },
);

it.each([1, 2])("a request is retried after %d lost responses, which is reported once", async (times) => {
  const lost = Array.from({ length: times }, () => describeInstance(loseAnswer));
  api.expect(...lost, isThere);
  await expect(read(id, state({ status: "failed" }))).resolves.toHaveProperty("id", id);
  expect(output()).toEqual([
    expect.stringMatching(
      /^crs-5a4py64p: DescribeInstances got no usable answer: other side closed \(.*\); retrying for up to 60 s$/,
    ),
    "crs-5a4py64p: the last reset may not have been carried out; the next pulumi up resets the password to the program's",
  ]);
});

describe("a refresh continues within seconds", () => {
  it.each(["DescribeInstanceAccount", "DescribeTaskList"])("if %s keeps failing, and reports it", async (action) => {
    const handlers = handlersOn({ [action]: refusal("FailedOperation.SystemError") });
    const olds = state({ passwordTime: serviceTime(-9), newestTaskId: 11111, taskStartTime: serviceTime(-10) });
    await expect(handlers.read(id, olds)).resolves.toMatchObject({ id, props: { status: "done" } });
    expect(handlers.lines).toEqual([
      `crs-5a4py64p: ${action} failed: No. (FailedOperation.SystemError, request r${action === "DescribeTaskList" ? 4 : 3}); retrying for up to 5 s`,
      expect.stringMatching(/^crs-5a4py64p: warning: could not read .*: /),
    ]);
    expect(handlers.elapsedMs()).toBeLessThan(6000);
  });
});

it("a refresh that the user cancels fails with that alone, without a warning of the reads that this ends", async () => {
  const handlers = handlersOn({
    DescribeInstanceAccount: () => {
      handlers.cancel();
      return new CanceledError("DescribeInstanceAccount was not sent: the run was canceled");
    },
  });
  await expect(handlers.read(id, state())).rejects.toThrow("Refresh was canceled");
  expect(handlers.lines).toEqual([]);
});
