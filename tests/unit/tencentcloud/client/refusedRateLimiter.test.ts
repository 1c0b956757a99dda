import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { VirtualTime } from "../../../../tools/virtualTime";
import { takeAtOnce } from "../../support/limitedRequests";

describe("when the service throttles in spite of the rate limiter", () => {
  /** Returns the time between the next two requests. */
  async function gapMs(limiter: RateLimiter, time: VirtualTime): Promise<number> {
    const [first = 0, second = 0] = await takeAtOnce(limiter, time, 2);
    return second - first;
  }

  async function limiterAfter(refusals: number) {
    const time = new VirtualTime();
    const limiter = new RateLimiter(20, time.forProcess());
    for (let refusal = 0; refusal < refusals; refusal++) {
      const [takenAt = 0] = await takeAtOnce(limiter, time, 1);
      await time.pass(10);
      limiter.refused(takenAt);
    }
    return { time, limiter };
  }

  it.each([
    [0, 0],
    [1, 100],
    [2, 200],
    [3, 400],
    [5, 1600],
    [6, 2000],
    [20, 2000],
  ])("after %d consecutive refusals, requests are %d ms apart", async (refusals, expectedMs) => {
    const { time, limiter } = await limiterAfter(refusals);
    expect(await gapMs(limiter, time)).toBe(expectedMs);
  });

  it.each([0, 30])("a burst of refusals that arrives %d ms later counts as one", async (delayMs) => {
    const time = new VirtualTime();
    const limiter = new RateLimiter(20, time.forProcess());
    const burst = await takeAtOnce(limiter, time, 20);
    await time.pass(delayMs);
    for (const takenAt of burst) limiter.refused(takenAt);
    expect(await gapMs(limiter, time)).toBe(100);
  });

  it("requests come closer as the service accepts them, until they are not spaced", async () => {
    const { time, limiter } = await limiterAfter(7);
    const gaps: number[] = [];
    for (let round = 0; round < 500; round++) {
      limiter.accepted();
      if (round % 100 !== 0) continue;
      gaps.push(await gapMs(limiter, time));
    }
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    expect(gaps[0]).toBe(Math.ceil(1000 / 0.6));
    expect(gaps.at(-1)).toBe(0);
  });

  it("without refusals, requests are not spaced", async () => {
    const time = new VirtualTime();
    const limiter = new RateLimiter(20, time.forProcess());
    limiter.accepted();
    expect(await takeAtOnce(limiter, time, 2)).toEqual([0, 0]);
  });
});
