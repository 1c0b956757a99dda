import { update } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import { catchError } from "../../../support/failure";
import { loseAnswer } from "../../../support/httpServer";
import { captureOutput } from "../../../support/output";
import {
  type State,
  afterReset,
  checked,
  id,
  inDoubt,
  newPassword,
  oldPassword,
  state,
  stateWithoutPassword,
  without,
  withoutPassword,
} from "../../../support/resource";
import {
  type Exchange,
  describeAccount,
  describeInstance,
  describeTasks,
  instances,
  listed,
  passwordFree,
  setAt,
  describeTask,
  refuse,
  resetPassword,
  status,
  succeeded,
  useScriptedApi,
} from "../../../support/scriptedApi";
import { wasReset } from "../../../support/lines";
import { done, later, ourTask, ours, sinceThen, times } from "../../../support/earlierReset";

const api = useScriptedApi();
const output = captureOutput();

stopCalendar();

describe("if the last reset timed out", () => {
  const pending = state({ status: "pending" });

  it("the same task is waited for, and nothing is sent again", async () => {
    api.expect(ourTask, ...sinceThen());
    await expect(update(id, pending, checked())).resolves.toStrictEqual({ outs: state(done) });
    expect(output()).toEqual([wasReset(11111)]);
  });

  it.each<[string, Exchange[], string]>([
    [
      "password-free mode was switched on",
      sinceThen({ instance: [describeInstance(passwordFree)] }),
      "password-free mode is on",
    ],
    [
      "somebody else set the password",
      sinceThen({ others: [later], instance: [] }),
      "somebody else or a killed run set the password at 2026-01-01 09:00:00 (service time)",
    ],
  ])("the password is sent again if %s since", async (_, exchanges, reason) => {
    api.expect(ourTask, ...exchanges, resetPassword(oldPassword), describeTask(16657, succeeded));
    expect(await update(id, pending, checked())).toStrictEqual({ outs: afterReset(oldPassword) });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the password is sent again`, wasReset(16657)]);
  });

  it("drift since then is recorded if this run has no password", async () => {
    api.expect(ourTask, ...sinceThen({ instance: [describeInstance(passwordFree)] }));
    const error = await catchError(() => update(id, stateWithoutPassword({ status: "pending" }), withoutPassword()));
    expect(error).toMatchObject({
      name: "RecordedFailure",
      message: "ResetPassword was not sent: password-free mode is on. Remove password from ignoreChanges for this run.",
      properties: { status: "drifted", reason: "password-free mode is on", isPasswordFree: true },
    });
  });

  it.each<[string, Exchange[], Partial<State>, RegExp[]]>([
    [
      "the instance",
      sinceThen({ instance: [describeInstance(refuse("UnauthorizedOperation", "No."))] }),
      done,
      [/^crs-5a4py64p: warning: could not check whether the password was set since: DescribeInstances failed: /],
    ],
    [
      "the time of the password",
      [
        describeTasks(listed(ours)),
        describeAccount(refuse("UnauthorizedOperation", "No.")),
        describeTasks(listed(ours)),
        describeInstance(instances("crs-5a4py64p")),
      ],
      done,
      [/^crs-5a4py64p: warning: could not read when the password was last set: /],
    ],
    [
      "the tasks",
      [
        describeTasks(refuse("UnauthorizedOperation", "No.")),
        describeAccount(setAt("")),
        describeTasks(refuse("UnauthorizedOperation", "No.")),
        describeInstance(instances("crs-5a4py64p")),
      ],
      { taskStartTime: times.taskStartTime },
      [
        /^crs-5a4py64p: warning: other changes of the password could not be looked up: /,
        /^crs-5a4py64p: warning: could not read which tasks have set the password: /,
      ],
    ],
  ])(
    "the reset is done if %s cannot be read, known values are kept, and the state is marked as incomplete",
    async (_, exchanges, known, lines) => {
      api.expect(ourTask, ...exchanges);
      // Later changes must stay detectable: nothing that was seen now is recorded as known.
      const expected = without(state({ ...known, unchecked: true }), "newestTaskId");
      await expect(update(id, pending, checked())).resolves.toStrictEqual({ outs: expected });
      expect(output()).toEqual([...lines.map((line) => expect.stringMatching(line) as string), wasReset(11111)]);
    },
  );

  it("it is also waited for without the password", async () => {
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
      "is no longer known",
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
  ])("it stays pending while the task is still running: %s", async (_, changes) => {
    api.expect({ ...describeTask(11111, status("running")), anyTimes: true });
    const reason =
      "ResetPassword timed out: task 11111 of crs-5a4py64p was still running after 60 s (request an-earlier-request). " +
      "Run `pulumi up` to resume waiting: until then, the old or the new password may be valid.";
    const error = await catchError(() => update(id, pending, checked({ ...changes, timeoutSeconds: 60 })));
    expect(error).toMatchObject({ name: "RecordedFailure", id, reasons: [reason] });
    expect(error).toHaveProperty("properties", { ...pending, __provider: "the provider" });
  });

  it("a response that is lost when the password is sent again leaves it in doubt", async () => {
    api.expect(describeTask(11111, status("failed")), resetPassword(oldPassword, loseAnswer));
    const error = await catchError(() => update(id, pending, checked({ timeoutSeconds: 1 })));
    expect(error).toHaveProperty("properties", { ...pending, ...inDoubt, __provider: "the provider" });
  });

  it("a response that is lost when another password is sent leaves it in doubt", async () => {
    api.expect(describeTask(11111, status("succeed")), resetPassword(newPassword, loseAnswer));
    const error = await catchError(() => update(id, pending, checked({ password: newPassword, timeoutSeconds: 1 })));
    expect(error).toHaveProperty("properties", { ...pending, ...inDoubt, __provider: "the provider" });
  });
});
