import { create } from "../../../provider/handlers";
import { skipWaiting, stopCalendar } from "../support/clock";
import { failureOf } from "../support/failure";
import { loseAnswer } from "../support/httpServer";
import { afterReset, checked, id, newPassword, without, withoutPassword } from "../support/resource";
import {
  describeResets,
  describeTask,
  refuse,
  resetPassword,
  resetsUnderWay,
  status,
  useScriptedApi,
} from "../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();
skipWaiting();

it("the password is reset, and what came of it recorded", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  // Strictly: Pulumi would fail, after the reset, on anything undefined.
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword),
  });
});

it("with what is required only, there are no triggers, and the waiting has a time of its own", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  const inputs = without(without(checked({ password: newPassword }), "triggers"), "timeoutSeconds");
  await expect(create(inputs)).resolves.toStrictEqual({ id, outs: afterReset(newPassword, { triggers: {} }) });
});

it("the profile is recorded, for a refresh to use it, too", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  await expect(create(checked({ password: newPassword, profile: "production" }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword, { profile: "production" }),
  });
});

it("neither the id nor what is recorded holds the password", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  expect(JSON.stringify(await create(checked({ password: newPassword })))).not.toContain(newPassword);
});

it("a reset that takes too long is recorded as pending", async () => {
  api.expect(resetPassword(newPassword), { ...describeTask(16657, status("running")), anyTimes: true });
  const inputs = checked({ password: newPassword, timeoutSeconds: 60 });
  const reason = "Task 16657 was still running after 60 s; run pulumi up again to go on waiting for it";
  const error = await failureOf(() => create(inputs));
  expect(error).toMatchObject({ name: "PartialFailure", message: reason, id, reasons: [reason] });
  // Without `__provider` every later refresh and destroy would fail.
  expect(error).toHaveProperty("properties", {
    ...afterReset(newPassword, { status: "pending" }),
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
      "DescribeTaskInfo failed: No. (UnauthorizedOperation, request 137c2607-07d1-4df0-9978-4b57a7ca3465); " +
        "grant the CAM action redis:DescribeTaskInfo on this instance; run pulumi up again to go on waiting for it",
    ],
  });
});

it("nothing is recorded where the service refuses the reset", async () => {
  api.expect(resetPassword(newPassword, refuse("InvalidParameterValue.PasswordRuleError", "Too weak.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "ApiError",
    message:
      "ResetPassword failed: Too weak. (InvalidParameterValue.PasswordRuleError, " +
      "request 137c2607-07d1-4df0-9978-4b57a7ca3465); the instance may have a stricter password policy of its own",
  });
});

it("nothing is recorded where the task fails", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("failed", "Proxy busy.")));
  await expect(create(checked({ password: newPassword }))).rejects.toMatchObject({
    name: "TaskError",
    message: "Task 16657 ended as failed: Proxy busy.",
  });
});

it("the same password is sent again where the answer is lost, once no reset is under way any more", async () => {
  api.expect(
    resetPassword(newPassword, loseAnswer),
    describeResets(resetsUnderWay(1)),
    describeResets(resetsUnderWay(0)),
    resetPassword(newPassword),
    describeTask(16657, status("succeed")),
  );
  await expect(create(checked({ password: newPassword, timeoutSeconds: 60 }))).resolves.toHaveProperty(
    "outs",
    afterReset(newPassword),
  );
});

it("nothing is recorded where the answer is lost at the end: the next run sends the same password", async () => {
  api.expect(resetPassword(newPassword, loseAnswer));
  await expect(create(checked({ password: newPassword, timeoutSeconds: 1 }))).rejects.toMatchObject({
    name: "TransportError",
  });
});

it("nothing is sent where this run was not given the password", async () => {
  await expect(create(withoutPassword())).rejects.toThrow("No password was given to this run, nothing was sent");
});
