import { update } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import {
  afterReset,
  checked,
  id,
  newPassword,
  oldPassword,
  state,
  stateWithoutPassword,
  withoutPassword,
} from "../../../support/resource";
import { accepted, describeTask, resetPassword, status, succeeded, useScriptedApi } from "../../../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();

describe("if a reset is due", () => {
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

  it("the same password is sent again after a reset whose response was lost", async () => {
    api.expect(resetPassword(oldPassword), describeTask(16657, succeeded));
    expect(await update(id, state({ status: "failed" }), checked())).toStrictEqual({ outs: afterReset(oldPassword) });
  });

  it("nothing is sent if this run has no password", async () => {
    await expect(update(id, stateWithoutPassword(), withoutPassword({ triggers: {} }))).rejects.toThrow(
      "ResetPassword was not sent: this run has no password. Remove password from ignoreChanges for this run.",
    );
  });
});

it("a task that is accepted under another id is the one that is waited for", async () => {
  api.expect(resetPassword(newPassword, accepted(22222)), describeTask(22222, status("succeed")));
  expect(await update(id, state(), checked({ password: newPassword }))).toHaveProperty("outs.taskId", 22222);
});

describe("if no reset is due", () => {
  it("another profile triggers no update", async () => {
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
  ])("another instance is rejected, and nothing is sent: %j", async (changes, message) => {
    await expect(update(id, state(), checked(changes))).rejects.toThrow(message);
  });
});
