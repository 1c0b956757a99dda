import { type Row, recoverFrom } from "../support/recovery";

const tooLong = "The reset takes too long";
const notAsked = "The task cannot be read";
const lost = "The response to a reset was lost";
const refused = "The response to a reset was lost, and the next request is refused";

const passing = ["drop-response", "refuse", "delay:1", "error:InternalError", "error:RequestLimitExceeded", "http:503"];

/** Failures while a reset's task is running. Reading again is harmless. */
const waiting: readonly Row[] = [
  ...[...passing, "garbage"].map((kind): Row => ({
    faults: [`DescribeTaskInfo=${kind}*1`],
    status: "done",
    resets: 1,
  })),
  { faults: ["DescribeTaskInfo=drop-response"], says: notAsked, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=refuse"], says: notAsked, status: "pending", resets: 1, refresh: true },
  { faults: ["DescribeTaskInfo=delay:9"], says: notAsked, status: "pending", resets: 1 },
  // A single read without a response proves nothing.
  { faults: ["DescribeTaskInfo=delay:9"], timeoutSeconds: 2, says: tooLong, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=http:503"], says: notAsked, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=garbage"], says: notAsked, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=error:InternalError"], says: notAsked, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=error:RequestLimitExceeded"], says: notAsked, status: "pending", resets: 1 },
  {
    faults: ["DescribeTaskInfo=error:UnauthorizedOperation*1"],
    says: notAsked,
    status: "pending",
    resets: 1,
    refresh: true,
  },
  // The list of the instance's tasks decides.
  { faults: ["DescribeTaskInfo=error:ResourceNotFound*1"], status: "done", resets: 1 },
];

/** Failures of the check for running resets, after a lost response. */
const questions: readonly Row[] = [
  ...[...passing, "garbage"].map((kind): Row => ({
    faults: [`DescribeTaskList=${kind}*1`],
    status: "done",
    resets: 2,
  })),
  { faults: ["DescribeTaskList=drop-response"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=refuse"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=delay:40"], timeoutSeconds: 20, says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=http:503"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=garbage"], says: lost, status: "failed", resets: 2, refresh: true },
  { faults: ["DescribeTaskList=error:UnauthorizedOperation"], says: refused, status: "failed", resets: 2 },
];
const afterALoss = questions.map((row) => ({ ...row, faults: ["ResetPassword=drop-response*1", ...row.faults] }));

/** The read of other tasks gets only a part of the time, however slow the list is. */
const slowList: Row = { faults: ["DescribeTaskList=delay:9"], status: "done", resets: 1 };

describe("an up sets the password, or the next one does, after a fault that follows the reset", () => {
  recoverFrom([...waiting, ...afterALoss, slowList]);
});
