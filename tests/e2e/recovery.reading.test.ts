import { Recovery, type Row, title } from "./support/recovery";

const notRefreshed = "A refresh fails";
const passing = ["drop-response", "refuse", "delay:1", "error:InternalError", "error:RequestLimitExceeded", "http:503"];
const args = ["--refresh"];

/** What can go wrong while an up with a refresh looks at the instance: before anything is sent. */
const refreshing: readonly Row[] = ["DescribeInstances", "DescribeInstanceAccount", "DescribeTaskList"].flatMap(
  (action) => [
    ...passing.map((kind): Row => ({ faults: [`${action}=${kind}*1`], status: "done", resets: 1, args })),
    { faults: [`${action}=garbage*1`], says: notRefreshed, status: "done", resets: 1, args },
    action === "DescribeInstances"
      ? { faults: [`${action}=error:UnauthorizedOperation*1`], says: notRefreshed, status: "done", resets: 1, args }
      : { faults: [`${action}=error:UnauthorizedOperation*1`], status: "done", resets: 1, args },
  ],
);

const instanceStates: readonly Row[] = [
  { faults: ["DescribeInstances=locked:2*1"], status: "done", resets: 1, args },
  { faults: ["DescribeInstances=isolated*1"], says: "The instance is isolated", status: "done", resets: 1, args },
  { faults: ["DescribeInstances=deleted*1"], says: "The instance is deleted", status: "none", resets: 1, args },
];

describe("an up goes wrong at its refresh, and the next one does the right thing", () => {
  let recovery: Recovery;

  beforeAll(async () => {
    recovery = await Recovery.create();
  });
  afterAll(() => recovery.fixture.dispose());

  it.each([...refreshing, ...instanceStates].map((row) => [title(row), row] as const))("%s", (_, row) =>
    recovery.run(row),
  );
});
