import { type Row, recoverFrom } from "../support/recovery";

const args = ["--refresh"];

/**
 * One row for each kind of failure while an up with a refresh reads the instance, before anything is sent.
 * tests/emulated/recovery/reading.test.ts has all others.
 */
const rows: readonly Row[] = [
  { faults: ["DescribeInstances=http:503*1"], status: "done", resets: 1, args },
  {
    faults: ["DescribeInstances=error:UnauthorizedOperation*1"],
    says: "A refresh fails",
    status: "done",
    resets: 1,
    args,
  },
  { faults: ["DescribeInstanceAccount=error:UnauthorizedOperation*1"], status: "done", resets: 1, args },
];

describe("an up fails during its refresh, and the next one recovers", () => {
  recoverFrom(rows);
});
