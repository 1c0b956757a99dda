import { stopCalendar } from "../../../support/clock";
import { done, ourTask, sinceThen } from "../../../support/earlierReset";
import { catchError } from "../../../support/failure";
import { handlersOn } from "../../../support/fakeService";
import { update } from "../../../support/handlers";
import { type State, afterReset, checked, id, oldPassword, state, without } from "../../../support/resource";
import { describeTask, resetPassword, succeeded, useScriptedApi } from "../../../support/scriptedApi";

const api = useScriptedApi();

stopCalendar();

it("the triggers of a pending reset take effect once the password is set, and not before", async () => {
  const sent = state({ status: "pending", triggers: {}, sentTriggers: { month: "2026-01" } });
  api.expect(ourTask, ...sinceThen());
  await expect(update(id, sent, checked())).resolves.toStrictEqual({ outs: state(done) });
});

it("a trigger that is removed while a reset is pending sends the password again, even after another timeout", async () => {
  const pending = state({ status: "pending" });
  const waiting = handlersOn({ DescribeTaskInfo: { Status: "running" } });
  const inputs = waiting.checked({ triggers: {}, timeoutSeconds: 60 });
  const error = await catchError(() => waiting.update(id, pending, inputs));
  const { properties } = error as { properties: State };
  expect(properties).toMatchObject({ status: "pending", taskId: 11111, sentTriggers: { month: "2026-01" } });
  expect(properties.triggers).toEqual({});
  const next = handlersOn();
  await expect(next.update(id, properties, next.checked({ triggers: {} }))).resolves.toMatchObject({
    outs: { status: "done", taskId: 100, triggers: {} },
  });
  expect(next.count("ResetPassword")).toBe(1);
});

it.each<[string, State]>([
  ["are those that were sent, without a removed one", state({ status: "pending", sentTriggers: {} })],
  ["are missing, since somebody has edited the state", without(state({ status: "pending" }), "triggers") as State],
])("if the recorded triggers %s, another timeout records them once", async (_, pending) => {
  const waiting = handlersOn({ DescribeTaskInfo: { Status: "running" } });
  const inputs = waiting.checked({ triggers: {}, timeoutSeconds: 60 });
  const { properties } = (await catchError(() => waiting.update(id, pending, inputs))) as { properties: State };
  expect(properties).toMatchObject({ status: "pending", triggers: {} });
  expect(properties).not.toHaveProperty("sentTriggers");
});

it("other triggers than those of a pending reset send the password again", async () => {
  const sent = state({ status: "pending", sentTriggers: { month: "2026-02" } });
  api.expect(ourTask, resetPassword(oldPassword), describeTask(16657, succeeded));
  await expect(update(id, sent, checked())).resolves.toStrictEqual({ outs: afterReset(oldPassword) });
});
