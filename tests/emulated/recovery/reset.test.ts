import { type Row, recoverFrom } from "../support/recovery";

const tooLong = "The reset takes too long";
const lost = "The response to a reset was lost";
const refused = "The service refuses the reset";

/** Failures of the request for a reset, of its task, and of the instance. `*1` means once. */
const rows: readonly Row[] = [
  // The request.
  { faults: ["ResetPassword=drop-response*1"], status: "done", resets: 2 },
  { faults: ["ResetPassword=refuse*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=refuse"], says: lost, status: "failed", resets: 1 },
  { faults: ["ResetPassword=delay:1*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=delay:9*1"], says: lost, status: "failed", resets: 2, refresh: true },
  { faults: ["ResetPassword=error:InternalError*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=error:InternalError"], says: "The service fails", status: "failed", resets: 1 },
  { faults: ["ResetPassword=error:RequestLimitExceeded*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=error:RequestLimitExceeded"], says: refused, status: "done", resets: 1 },
  { faults: ["ResetPassword=error:UnauthorizedOperation*1"], says: refused, status: "done", resets: 1, refresh: true },
  { faults: ["ResetPassword=http:503*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=http:503"], says: lost, status: "failed", resets: 1, refresh: true },
  { faults: ["ResetPassword=http:403*1"], says: lost, status: "failed", resets: 1 },
  { faults: ["ResetPassword=garbage*1"], says: lost, status: "failed", resets: 2, refresh: true },
  // Two answers are lost, so two resets are more than needed: after the second, no third is sent in the same run.
  { faults: ["ResetPassword=drop-response"], says: lost, status: "failed", resets: 3 },
  // The task. One that fails has set nothing.
  { faults: ["ResetPassword=task-fail:Proxy busy.*1"], says: "The task failed", status: "done", resets: 2 },
  {
    faults: ["ResetPassword=task-error*1"],
    says: "The task ended with an error",
    status: "done",
    resets: 2,
    refresh: true,
  },
  { faults: ["ResetPassword=task-stuck*1"], says: tooLong, status: "pending", resets: 1 },
  { faults: ["ResetPassword=task-slow:6*1"], says: tooLong, status: "pending", resets: 1, refresh: true },
  // The instance.
  { faults: ["ResetPassword=locked:2*1"], status: "done", resets: 1 },
  { faults: ["ResetPassword=locked:60*1"], says: refused, status: "done", resets: 1 },
  { faults: ["ResetPassword=isolated*1"], says: "The instance is isolated", status: "done", resets: 1 },
  { faults: ["ResetPassword=deleted*1"], says: "The instance is to be deleted", status: "done", resets: 1 },
];

describe("an up sets the password, or the next one does, after a fault during the reset", () => {
  recoverFrom(rows);
});
