import { Recovery, type Row, title } from "./support/recovery";

const tooLong = "The reset takes too long";
const notAsked = "The task cannot be asked for";
const lost = "The answer to a reset was lost";

const passing = ["drop-response", "refuse", "delay:1", "error:InternalError", "error:RequestLimitExceeded", "http:503"];

/** What can go wrong while the task of a reset is waited for. Asking again is harmless. */
const waiting: readonly Row[] = [
  ...[...passing, "garbage"].map((kind): Row => ({
    faults: [`DescribeTaskInfo=${kind}*1`],
    status: "done",
    resets: 1,
  })),
  { faults: ["DescribeTaskInfo=drop-response"], says: notAsked, status: "pending", resets: 1 },
  { faults: ["DescribeTaskInfo=refuse"], says: notAsked, status: "pending", resets: 1, refresh: true },
  // A single question without an answer proves nothing.
  { faults: ["DescribeTaskInfo=delay:9"], says: tooLong, status: "pending", resets: 1 },
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
  { faults: ["DescribeTaskInfo=error:ResourceNotFound*1"], says: notAsked, status: "pending", resets: 1 },
];

/** And with the question whether a reset is under way, after one whose answer was lost. */
const questions: readonly Row[] = [
  ...[...passing, "garbage"].map((kind): Row => ({
    faults: [`DescribeTaskList=${kind}*1`],
    status: "done",
    resets: 2,
  })),
  { faults: ["DescribeTaskList=drop-response"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=refuse"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=delay:9"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=http:503"], says: lost, status: "failed", resets: 2 },
  { faults: ["DescribeTaskList=garbage"], says: lost, status: "failed", resets: 2, refresh: true },
  { faults: ["DescribeTaskList=error:UnauthorizedOperation"], says: lost, status: "failed", resets: 2 },
];
const afterALoss = questions.map((row) => ({ ...row, faults: ["ResetPassword=drop-response*1", ...row.faults] }));

describe("an up goes wrong after the reset, and the next one does the right thing", () => {
  let recovery: Recovery;

  beforeAll(async () => {
    recovery = await Recovery.create();
  });
  afterAll(() => recovery.fixture.dispose());

  it.each([...waiting, ...afterALoss].map((row) => [title(row), row] as const))("%s", (_, row) => recovery.run(row));
});
