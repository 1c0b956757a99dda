import { inspect } from "node:util";

import { update } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import { catchError } from "../../../support/failure";
import { loseAnswer } from "../../../support/httpServer";
import { checked, id, inDoubt, newPassword, pendingReset, state, without } from "../../../support/resource";
import {
  countResets,
  describeUnfinished,
  describeTask,
  refuse,
  requestId,
  resetPassword,
  tasks,
  status,
  useScriptedApi,
} from "../../../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();

describe("if a reset does not succeed", () => {
  it("one that takes too long is recorded as pending, with the password that it sets", async () => {
    api.expect(resetPassword(newPassword), { ...describeTask(16657, status("running")), anyTimes: true });
    const inputs = checked({ password: newPassword, triggers: { day: "1" }, timeoutSeconds: 60 });
    const reason =
      `ResetPassword timed out: task 16657 of crs-5a4py64p was still running after 60 s (request ${requestId}). ` +
      "Run `pulumi up` to resume waiting: until then, the old or the new password may be valid.";
    const error = await catchError(() => update(id, state(), inputs));
    expect(error).toMatchObject({ name: "RecordedFailure", message: reason, id, reasons: [reason] });
    expect(error).toHaveProperty("properties", {
      ...pendingReset(newPassword, { triggers: {}, sentTriggers: { day: "1" } }),
      __provider: "the provider",
    });
  });

  it.each([
    ["after a completed reset", state()],
    ["in password-free mode", state({ status: "drifted", reason: "password-free mode is on", isPasswordFree: true })],
  ])("one whose response is lost is recorded as failed, since either password may be set: %s", async (_, olds) => {
    api.expect(resetPassword(newPassword, loseAnswer));
    const error = await catchError(() => update(id, olds, checked({ password: newPassword, timeoutSeconds: 1 })));
    const reason =
      /^ResetPassword got no usable answer: [^;]*\. Run `pulumi up` to send the password again: until then, the old or the new password may be valid\.$/;
    expect(error).toMatchObject({ name: "RecordedFailure", id, message: expect.stringMatching(reason) as unknown });
    expect(error).toHaveProperty("reasons", [(error as Error).message]);
    expect(error).toHaveProperty("properties", { ...state(), ...inDoubt, __provider: "the provider" });
  });

  it("one whose response is lost, and whose next attempt is refused, is also recorded as failed", async () => {
    api.expect(
      resetPassword(newPassword, loseAnswer),
      describeUnfinished(tasks(0)),
      countResets(tasks(0)),
      resetPassword(newPassword, refuse("AuthFailure.TokenFailure", "No.")),
    );
    const error = await catchError(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 600 })));
    expect(error).toMatchObject({
      name: "RecordedFailure",
      id,
      properties: { ...without(state(), "__provider"), status: "failed" },
    });
    expect((error as Error).message).toMatch(
      /; then ResetPassword failed: No\. \(AuthFailure\.TokenFailure.*\)\. Renew the temporary credentials: .*, then run `pulumi up` to send the password again: until then, the old or the new password may be valid\.$/,
    );
  });

  it.each(["failed", "error"])(
    "one whose response is lost, and whose next task ends as %s, is also recorded as failed: the first may be set",
    async (end) => {
      api.expect(
        resetPassword(newPassword, loseAnswer),
        describeUnfinished(tasks(0)),
        countResets(tasks(1)),
        resetPassword(newPassword),
        describeTask(16657, status(end)),
      );
      const error = await catchError(() =>
        update(id, state(), checked({ password: newPassword, timeoutSeconds: 600 })),
      );
      expect(error).toMatchObject({ name: "RecordedFailure", id });
      expect(error).toHaveProperty("properties", { ...state(), ...inDoubt, __provider: "the provider" });
      expect((error as Error).message).toMatch(
        new RegExp(
          `; then ResetPassword failed: task 16657 of crs-5a4py64p ended as ${end}: ` +
            "[^.]*\\. Run `pulumi up` to send the password again: until then, the old or the new password may be valid\\.$",
        ),
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
    const error = await catchError(() => update(id, state(), checked({ password: newPassword, timeoutSeconds: 1 })));
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/password-[12]/);
  });
});
