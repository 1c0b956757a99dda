import { inspect } from "node:util";

import { create } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import { catchError } from "../../../support/failure";
import { loseAnswer } from "../../../support/httpServer";
import {
  afterReset,
  checked,
  makeFingerprint,
  id,
  inDoubt,
  newPassword,
  pendingReset,
} from "../../../support/resource";
import {
  countResets,
  describeUnfinished,
  describeTask,
  refuse,
  resetPassword,
  tasks,
  status,
  succeeded,
  useScriptedApi,
} from "../../../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();

it("a reset that takes too long is recorded as pending", async () => {
  api.expect(resetPassword(newPassword), { ...describeTask(16657, status("running")), anyTimes: true });
  const inputs = checked({ password: newPassword, timeoutSeconds: 60 });
  const reason =
    "ResetPassword timed out: task 16657 of crs-5a4py64p was still running after 60 s " +
    "(request 137c2607-07d1-4df0-9978-4b57a7ca3465). Run `pulumi up` to resume waiting: until then, the old or the new password may be valid.";
  const error = await catchError(() => create(inputs));
  expect(error).toMatchObject({ name: "RecordedFailure", message: reason, id, reasons: [reason] });
  // Without `__provider` every later refresh and destroy would fail.
  expect(error).toHaveProperty("properties", {
    ...pendingReset(newPassword, { triggers: {}, sentTriggers: { month: "2026-01" } }),
    __provider: "the provider",
  });
});

it("a reset whose task cannot be read is recorded as pending", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, refuse("UnauthorizedOperation", "No.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "RecordedFailure",
    id,
    properties: { taskId: 16657, status: "pending" },
    reasons: [
      "DescribeTaskInfo failed: No. (UnauthorizedOperation, request 137c2607-07d1-4df0-9978-4b57a7ca3465). " +
        "Grant the CAM action redis:DescribeTaskInfo, then run `pulumi up` to resume waiting: until then, the old or the new password may be valid.",
    ],
  });
});

it("nothing is recorded if the service refuses the reset", async () => {
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
  "(request 137c2607-07d1-4df0-9978-4b57a7ca3465). This reset changed nothing: run `pulumi up` to send the password again.";

it("nothing is recorded if the task fails", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("failed", "Proxy busy.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "TaskError",
    message: taskFailed("Proxy busy."),
  });
});

it("a password that the service repeats in a task's message is not shown", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("failed", `${newPassword} is refused.`)));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "TaskError",
    message: taskFailed("[secret] is refused."),
  });
});

it("the same password is sent again after a lost response, once no reset is running", async () => {
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

it("a reset whose last response is lost is recorded as failed: the next run sends the same password", async () => {
  api.expect(resetPassword(newPassword, loseAnswer));
  const error = await catchError(() => create(checked({ password: newPassword, timeoutSeconds: 1 })));
  const reason =
    /^ResetPassword got no usable answer: [^;]*\. Run `pulumi up` to send the password again: until then, the old or the new password may be valid\.$/;
  expect(error).toMatchObject({ name: "RecordedFailure", id, message: expect.stringMatching(reason) as string });
  expect(error).toHaveProperty("properties", {
    stateVersion: 1,
    instanceId: "crs-5a4py64p",
    region: "ap-guangzhou",
    triggers: {},
    sentTriggers: { month: "2026-01" },
    passwordFingerprint: makeFingerprint(newPassword),
    ...inDoubt,
    __provider: "the provider",
  });
});

it("a password of an earlier request that a refusal repeats is not shown", async () => {
  const refusal = refuse("FailedOperation", `No ${newPassword}.`);
  api.expect(resetPassword(newPassword), describeTask(16657, refusal));
  const error = await catchError(() => create(checked({ password: newPassword })));
  expect(error).toHaveProperty("message", expect.stringMatching(/^DescribeTaskInfo failed: No \[secret\]\. /));
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain(newPassword);
});
