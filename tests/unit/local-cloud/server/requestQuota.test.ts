import { RequestQuota } from "../../../../local-cloud/server/requestQuota";

const subject = { account: "1", action: "ResetPassword", region: "ap-guangzhou" };

/** Returns which requests at these times, in milliseconds, are served with this quota per second. */
const served = (requestsPerSecond: number, times: number[], quota = new RequestQuota(), other = {}): boolean[] =>
  times.map((time) => {
    try {
      quota.take({ ...subject, ...other }, requestsPerSecond, time);
      return true;
    } catch {
      return false;
    }
  });

it.each([
  ["as many as there may be", [0, 1], [true, true]],
  ["one too many", [0, 1, 2], [true, true, false]],
  ["one too many, just within the second", [0, 1, 999], [true, true, false]],
  ["one more after a second", [0, 1, 1000], [true, true, true]],
  ["any second counts, not that of the clock", [900, 950, 1100, 1900], [true, true, false, true]],
  ["what is refused does not count", [0, 500, 600, 700, 1000], [true, true, false, false, true]],
])("of two a second: %s", (_, times, expected) => {
  expect(served(2, times)).toEqual(expected);
});

it.each([{ account: "2" }, { action: "DescribeTaskInfo" }, { region: "ap-shanghai" }])(
  "each has its own quota: %j",
  (other) => {
    const quota = new RequestQuota();
    expect(served(1, [0, 0], quota)).toEqual([true, false]);
    expect(served(1, [0], quota, other)).toEqual([true]);
  },
);

it("the refusal is the vendor's", () => {
  expect(() => new RequestQuota().take(subject, 0, 0)).toThrow(
    expect.objectContaining({ code: "RequestLimitExceeded" }) as Error,
  );
});
