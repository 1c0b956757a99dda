import { type Row, recoverFrom } from "../support/recovery";

const timeoutSeconds = 4;

/**
 * One row for each kind of failure while a reset's task is running, and of the check for running resets after a lost
 * response. tests/emulated/recovery/waiting.test.ts has all others.
 */
const rows: readonly Row[] = [
  { faults: ["DescribeTaskInfo=garbage*1"], status: "done", resets: 1 },
  {
    faults: ["DescribeTaskInfo=refuse"],
    says: "The task cannot be read",
    status: "pending",
    resets: 1,
    refresh: true,
    timeoutSeconds,
  },
  {
    faults: ["ResetPassword=drop-response*1", "DescribeTaskList=garbage"],
    says: "The response to a reset was lost",
    status: "failed",
    resets: 2,
    refresh: true,
    timeoutSeconds,
  },
];

describe("an up fails after the reset, and the next one recovers", () => {
  recoverFrom(rows);
});
