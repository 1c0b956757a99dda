import { RequestQuota } from "../../../local-cloud/requestQuota";

/** Which requests are served, of some at these times in milliseconds. */
const served = (quota: RequestQuota, action: string, times: number[]): boolean[] =>
  times.map((time) => {
    try {
      quota.take(action, time);
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
  expect(served(new RequestQuota(2), "ResetPassword", times)).toEqual(expected);
});

it("each action has a quota of its own", () => {
  const quota = new RequestQuota(1);
  expect(served(quota, "ResetPassword", [0, 0])).toEqual([true, false]);
  expect(served(quota, "DescribeTaskInfo", [0])).toEqual([true]);
});

it("the refusal is the vendor's", () => {
  const quota = new RequestQuota(0);
  expect(() => quota.take("ResetPassword", 0)).toThrow(
    expect.objectContaining({ code: "RequestLimitExceeded" }) as Error,
  );
});
