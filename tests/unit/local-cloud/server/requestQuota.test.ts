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
  ["both of two are served", [0, 1], [true, true]],
  ["the third is refused", [0, 1, 2], [true, true, false]],
  ["the third is refused just within a second", [0, 1, 999], [true, true, false]],
  ["the third is served after a second", [0, 1, 1000], [true, true, true]],
  ["any period of a second counts, not a second of the clock", [900, 950, 1100, 1900], [true, true, false, true]],
  ["refused requests do not count", [0, 500, 600, 700, 1000], [true, true, false, false, true]],
])("with a quota of two requests per second, %s", (_, times, expected) => {
  expect(served(2, times)).toEqual(expected);
});

it.each([{ account: "2" }, { action: "DescribeTaskInfo" }, { region: "ap-shanghai" }])(
  "the quota is separate for another %j",
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
