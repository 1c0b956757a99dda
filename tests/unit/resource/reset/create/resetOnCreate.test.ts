import type { ServerResponse } from "node:http";

import { create } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import { type Received } from "../../../support/httpServer";
import { afterReset, checked, id, newPassword, without, withoutPassword } from "../../../support/resource";
import {
  accepted,
  describeTask,
  describeTasks,
  listed,
  resetPassword,
  status,
  succeeded,
  useScriptedApi,
} from "../../../support/scriptedApi";
import { useProductionProfile } from "../../../support/productionProfile";

const api = useScriptedApi();
const useProfile = useProductionProfile();

stopCalendar();

it("the password is reset, and the result is recorded", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  // Strictly equal, because Pulumi would fail on an undefined value after the reset.
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword),
  });
  // Before it was sent, and after its task had ended.
  expect(api.unscriptedLists()).toBe(2);
});

it("a reset whose times the service does not report is recorded as unchecked", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, status("succeed")));
  const outs = without(without(afterReset(newPassword, { unchecked: true }), "taskStartTime"), "passwordTime");
  await expect(create(checked({ password: newPassword }))).resolves.toStrictEqual({ id, outs });
});

it("the times of its task in the list take precedence over all others", async () => {
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

it("with the required inputs only, no triggers are recorded, and the default timeout applies", async () => {
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  const inputs = without(without(checked({ password: newPassword }), "triggers"), "timeoutSeconds");
  await expect(create(inputs)).resolves.toStrictEqual({ id, outs: afterReset(newPassword, { triggers: {} }) });
});

it("the profile is recorded, so that a refresh uses it, too", async () => {
  useProfile();
  api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
  await expect(create(checked({ password: newPassword, profile: "production" }))).resolves.toStrictEqual({
    id,
    outs: afterReset(newPassword, { profile: "production" }),
  });
});

it("the times of its task are recorded, so that a refresh compares with them", async () => {
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

it("nothing is sent if this run has no password", async () => {
  await expect(create(withoutPassword())).rejects.toThrow(
    "ResetPassword was not sent: this run has no password. Remove password from ignoreChanges for this run.",
  );
});
