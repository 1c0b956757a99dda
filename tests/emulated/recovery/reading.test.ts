import { type Row, recoverFrom } from "../support/recovery";

const notRefreshed = "A refresh fails";
const passing = ["drop-response", "refuse", "delay:1", "error:InternalError", "error:RequestLimitExceeded", "http:503"];
const isRefreshing = true;

/** Failures while an up with a refresh reads the instance, before anything is sent. */
const refreshing: readonly Row[] = ["DescribeInstances", "DescribeInstanceAccount", "DescribeTaskList"].flatMap(
  (action) => [
    ...passing.map((kind): Row => ({ faults: [`${action}=${kind}*1`], status: "done", resets: 1, isRefreshing })),
    action === "DescribeInstances"
      ? { faults: [`${action}=garbage*1`], says: notRefreshed, status: "done", resets: 1, isRefreshing }
      : { faults: [`${action}=garbage*1`], status: "done", resets: 1, isRefreshing },
    action === "DescribeInstances"
      ? {
          faults: [`${action}=error:UnauthorizedOperation*1`],
          says: notRefreshed,
          status: "done",
          resets: 1,
          isRefreshing,
        }
      : { faults: [`${action}=error:UnauthorizedOperation*1`], status: "done", resets: 1, isRefreshing },
  ],
);

const instanceStates: readonly Row[] = [
  { faults: ["DescribeInstances=locked:2*1"], status: "done", resets: 1, isRefreshing },
  {
    faults: ["DescribeInstances=isolated*1"],
    says: "The instance is isolated",
    status: "done",
    resets: 1,
    isRefreshing,
  },
  {
    faults: ["DescribeInstances=deleted*1"],
    says: "The instance is to be deleted",
    status: "done",
    resets: 1,
    isRefreshing,
  },
];

describe("an up sets the password, or the next one does, after a fault during its refresh", () => {
  recoverFrom([...refreshing, ...instanceStates]);
});
