import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { randomFrom } from "../../../../tools/random";
import { VirtualTime } from "../../../../tools/virtualTime";
import { immediate, request, takeAtOnce } from "../../support/limitedRequests";

describe("200 requests at once", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "never exceed 20 in any second at the service, even if some are delayed for seconds (seed %d)",
    async (seed) => {
      const random = randomFrom(seed);
      const time = new VirtualTime();
      // One in ten is delayed by a busy process or by the network.
      const journey = () => ({ travelMs: random() * (random() < 0.1 ? 3000 : 80), answerMs: random() * 50 });
      const arrived = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 200, journey);
      expect(mostInASecond(arrived)).toBeLessThanOrEqual(20);
    },
  );

  it("use nearly all of the quota", async () => {
    const time = new VirtualTime();
    const sent = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 200);
    expect(mostInASecond(sent)).toBe(20);
    expect(sent.at(-1)).toBeLessThanOrEqual(9 * 1020);
  });

  it("stay within it, even if they arrive at random times and wake up late", async () => {
    const random = randomFrom(9);
    const time = new VirtualTime();
    const tardy = { ...time.forProcess(), sleep: (delayMs: number) => time.sleep(delayMs + random() * 30) };
    const limiter = new RateLimiter(20, tardy);
    const arrivals = Array.from({ length: 200 }, async () => {
      await time.sleep(random() * 8000);
      return request(limiter, time, immediate);
    });
    expect(mostInASecond(await time.until(Promise.all(arrivals)))).toBeLessThanOrEqual(20);
  });

  it("wait while a full second's quota is unanswered", async () => {
    const time = new VirtualTime();
    const journey = () => ({ travelMs: 0, answerMs: 5000 });
    const arrived = await takeAtOnce(new RateLimiter(2, time.forProcess()), time, 3, journey);
    expect(arrived).toEqual([0, 0, 6020]);
  });
});

it("the slot of a request without a response is freed after some seconds, and only once", async () => {
  const time = new VirtualTime();
  await time.pass(5);
  const limiter = new RateLimiter(2, time.forProcess());
  void request(limiter, time, { travelMs: 0, answerMs: 30_000 });
  const arrived: number[] = [];
  const sendAll = async () => {
    for (let count = 0; count < 60; count++) arrived.push(await request(limiter, time, immediate));
  };
  await time.until(sendAll());
  // One slot is free at first, then both.
  expect(arrived.slice(0, 3)).toEqual([5, 1025, 2045]);
  expect(arrived.filter((time) => time < 10_000)).toHaveLength(10);
  expect(mostInASecond(arrived)).toBe(2);
  expect(arrived.at(-1)).toBeLessThan(40_000);
});

it("a full second's quota is sent without a wait", async () => {
  const time = new VirtualTime();
  const sent = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 20);
  expect(sent).toEqual(Array(20).fill(0));
});

it("gives up immediately without taking a slot if the deadline would pass", async () => {
  const time = new VirtualTime();
  const limiter = new RateLimiter(1, time.forProcess());
  limiter.ended((await limiter.take()) ?? NaN);
  const inVain = Array.from({ length: 30 }, () => limiter.take(() => 500 - time.elapsedMs));
  const patient = limiter.take();
  expect(await time.until(Promise.all(inVain))).toEqual(Array(30).fill(undefined));
  expect(await time.until(patient)).toBe(1020);
});

it.each([
  ["one is free", 0],
  ["one becomes free at that moment", 1020],
])("no slot is taken at the deadline, even if %s", async (_, remainingMs) => {
  const time = new VirtualTime();
  await time.pass(5);
  const limiter = new RateLimiter(1, time.forProcess());
  if (remainingMs > 0) await request(limiter, time, immediate);
  expect(await limiter.take(() => remainingMs)).toBeUndefined();
});

it("requests get their slots in order", async () => {
  const time = new VirtualTime();
  const limiter = new RateLimiter(2, time.forProcess());
  const served: string[] = [];
  const serve = async (name: string) => {
    const takenAt = (await limiter.take()) ?? NaN;
    served.push(name);
    limiter.ended(takenAt);
  };
  await time.until(Promise.all(["a", "b", "c", "d", "e"].map(serve)));
  expect(served).toEqual(["a", "b", "c", "d", "e"]);
});

/** Returns the highest number of these times that fall within one second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(...sorted.map((start) => sorted.filter((time) => time >= start && time < start + 1000).length));
}
