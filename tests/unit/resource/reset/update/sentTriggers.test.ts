import { stopCalendar } from "../../../support/clock";
import { done, ourTask, sinceThen } from "../../../support/earlierReset";
import { update } from "../../../support/handlers";
import { afterReset, checked, id, oldPassword, state } from "../../../support/resource";
import { describeTask, resetPassword, succeeded, useScriptedApi } from "../../../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();

it("the triggers of a pending reset take effect once the password is set, and not before", async () => {
  const sent = state({ status: "pending", triggers: {}, sentTriggers: { month: "2026-01" } });
  api.expect(ourTask, ...sinceThen());
  await expect(update(id, sent, checked())).resolves.toStrictEqual({ outs: state(done) });
});

it("other triggers than those of a pending reset send the password again", async () => {
  const sent = state({ status: "pending", sentTriggers: { month: "2026-02" } });
  api.expect(ourTask, resetPassword(oldPassword), describeTask(16657, succeeded));
  await expect(update(id, sent, checked())).resolves.toStrictEqual({ outs: afterReset(oldPassword) });
});
