import { RateLimiters } from "../../../../provider/tencentcloud/client/rateLimiter";
import { createSleepClock } from "../../support/clock";

describe("the rate limiter of a session", () => {
  const limiters = new RateLimiters(createSleepClock());
  const one = limiters.limiterFor("id", "ResetPassword", "ap-guangzhou");

  it("is shared by the requests of one account, action and region", () => {
    expect(limiters.limiterFor("id", "ResetPassword", "ap-guangzhou")).toBe(one);
  });

  it.each([
    ["account", ["id2", "ResetPassword", "ap-guangzhou"]],
    ["action", ["id", "DescribeTaskInfo", "ap-guangzhou"]],
    ["region", ["id", "ResetPassword", "ap-shanghai"]],
  ] as const)("is separate for each %s", (_, [account, action, region]) => {
    expect(limiters.limiterFor(account, action, region)).not.toBe(one);
  });

  it.each([
    ["ResetPassword", 20],
    ["DescribeTaskInfo", 20],
    ["DescribeInstances", 20],
    ["DescribeTaskList", 100],
  ])("has the documented rate for %s: %d requests per second", async (action, rate) => {
    const limiter = limiters.limiterFor("rates", action, "ap-guangzhou");
    const takeAndEnd = async () => {
      const takenAt = (await limiter.take()) ?? NaN;
      limiter.ended(takenAt);
      return takenAt;
    };
    const taken = await Promise.all(Array.from({ length: rate + 1 }, takeAndEnd));
    const [first = NaN, lastOfSecond = NaN, next = NaN] = [0, rate - 1, rate].map((index) => taken[index]);
    expect(lastOfSecond - first).toBeLessThan(1000);
    expect(next - first).toBeGreaterThanOrEqual(1000);
    expect(next - lastOfSecond).toBeGreaterThanOrEqual(1000);
  });
});
