import { type Row, recoverFrom } from "../support/recovery";

const tooLong = "The reset takes too long";
const lost = "The response to a reset was lost";
const refused = "The service refuses the reset";
const timeoutSeconds = 4;

/**
 * One row for each kind of failure of the request for a reset, of its task, and of the instance. `*1` means once.
 * tests/emulated/recovery/reset.test.ts has all others.
 */
const rows: readonly Row[] = [
  { faults: ["ResetPassword=drop-response*1"], status: "done", resets: 2 },
  { faults: ["ResetPassword=http:503"], says: lost, status: "failed", resets: 1, refresh: true, timeoutSeconds },
  { faults: ["ResetPassword=error:UnauthorizedOperation*1"], says: refused, status: "done", resets: 1, refresh: true },
  { faults: ["ResetPassword=task-fail:Proxy busy.*1"], says: "The task failed", status: "done", resets: 2 },
  {
    faults: ["ResetPassword=task-stuck*1"],
    says: tooLong,
    status: "pending",
    resets: 1,
    refresh: true,
    timeoutSeconds,
  },
  { faults: ["ResetPassword=locked:2*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=isolated*1"], says: "The instance is isolated", status: "done", resets: 1 },
];

describe("an up fails during the reset, and the next one recovers", () => {
  recoverFrom(rows);
});
