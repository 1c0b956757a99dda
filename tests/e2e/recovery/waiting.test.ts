import { type Row, recoverFrom } from "../support/recovery";

const timeoutSeconds = 4;

/**
 * One row of each kind of what can go wrong while the task of a reset is waited for, and with the question whether a
 * reset is under way, after one whose answer was lost. All the others are in tests/emulated/recovery/waiting.test.ts.
 */
const rows: readonly Row[] = [
  { faults: ["DescribeTaskInfo=garbage*1"], status: "done", resets: 1 },
  {
    faults: ["DescribeTaskInfo=refuse"],
    says: "The task cannot be asked for",
    status: "pending",
    resets: 1,
    refresh: true,
    timeoutSeconds,
  },
  {
    faults: ["ResetPassword=drop-response*1", "DescribeTaskList=garbage"],
    says: "The answer to a reset was lost",
    status: "failed",
    resets: 2,
    refresh: true,
    timeoutSeconds,
  },
];

describe("an up fails after the reset, and the next one recovers", () => {
  recoverFrom(rows);
});
