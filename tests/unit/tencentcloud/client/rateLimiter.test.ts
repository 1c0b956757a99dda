import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { clockWith } from "../../support/clock";
import { randomFrom } from "../../../../tools/random";
import { VirtualClock } from "../../support/virtualClock";

/** How long a request travels, and how long its answer then takes. */
interface Journey {
  readonly travelMs: number;
  readonly answerMs: number;
}

/** One request, and when it arrives at the service. */
async function request(limiter: RateLimiter, clock: VirtualClock, { travelMs, answerMs }: Journey): Promise<number> {
  const takenAt = (await limiter.take()) ?? NaN;
  if (travelMs > 0) await clock.sleep(travelMs);
  const arrivedAt = clock.now();
  if (answerMs > 0) await clock.sleep(answerMs);
  limiter.ended(takenAt);
  return arrivedAt;
}

const immediate: Journey = { travelMs: 0, answerMs: 0 };

/** So many requests at once, and when each arrives. */
async function takeAtOnce(
  limiter: RateLimiter,
  clock: VirtualClock,
  count: number,
  journey = () => immediate,
): Promise<number[]> {
  const taken = Promise.all(Array.from({ length: count }, () => request(limiter, clock, journey())));
  await clock.run();
  return taken;
}

/** The most of these times that fall into any one second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(...sorted.map((start) => sorted.filter((time) => time >= start && time < start + 1000).length));
}

describe("200 requests at once", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "are never more than 20 in any second of the service, though some travel for seconds: seed %d",
    async (seed) => {
      const random = randomFrom(seed);
      const clock = new VirtualClock();
      // Most are quick; one in ten waits in a busy process, or on the way.
      const journey = () => ({ travelMs: random() * (random() < 0.1 ? 3000 : 80), answerMs: random() * 50 });
      const arrived = await takeAtOnce(new RateLimiter(20, clock), clock, 200, journey);
      expect(mostInASecond(arrived)).toBeLessThanOrEqual(20);
    },
  );

  it("make use of nearly all of the quota", async () => {
    const clock = new VirtualClock();
    const sent = await takeAtOnce(new RateLimiter(20, clock), clock, 200);
    expect(mostInASecond(sent)).toBe(20);
    expect(sent.at(-1)).toBeLessThanOrEqual(9 * 1020);
  });

  it("keep to it also where they come at random times and wake up late", async () => {
    const random = randomFrom(9);
    const clock = new VirtualClock();
    const tardy = clockWith({
      now: () => clock.now(),
      sleep: (delayMs: number) => clock.sleep(delayMs + random() * 30),
    });
    const limiter = new RateLimiter(20, tardy);
    const arrivals = Array.from({ length: 200 }, async () => {
      await clock.sleep(random() * 8000);
      return request(limiter, clock, immediate);
    });
    await clock.run();
    expect(mostInASecond(await Promise.all(arrivals))).toBeLessThanOrEqual(20);
  });

  it("wait while as many as a second's worth are unanswered", async () => {
    const clock = new VirtualClock();
    const arrived = await takeAtOnce(new RateLimiter(2, clock), clock, 3, () => ({ travelMs: 0, answerMs: 5000 }));
    expect(arrived).toEqual([0, 0, 6020]);
  });
});

it("a place whose request gets no answer is taken for some seconds only, and left once", async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(2, clock);
  const silent = takeAtOnce(limiter, clock, 1, () => ({ travelMs: 0, answerMs: 30_000 }));
  const arrived: number[] = [];
  const sendAll = async () => {
    for (let count = 0; count < 60; count++) arrived.push(await request(limiter, clock, immediate));
  };
  void sendAll();
  await silent;
  // One place at first, then both.
  expect(arrived.slice(0, 3)).toEqual([0, 1020, 2040]);
  expect(arrived.filter((time) => time < 10_000)).toHaveLength(10);
  expect(mostInASecond(arrived)).toBe(2);
  expect(arrived.at(-1)).toBeLessThan(40_000);
});

it("up to a second's worth is let through without any wait", async () => {
  const clock = new VirtualClock();
  const sent = await takeAtOnce(new RateLimiter(20, clock), clock, 20);
  expect(sent).toEqual(Array(20).fill(0));
});

it("whose turn would come too late is told so at once, and leaves it to the next", async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(1, clock);
  limiter.ended((await limiter.take()) ?? NaN);
  const inVain = Array.from({ length: 30 }, () => limiter.take(() => 500 - clock.now()));
  const patient = limiter.take();
  await clock.run();
  expect(await Promise.all(inVain)).toEqual(Array(30).fill(undefined));
  expect(await patient).toBe(1020);
});

it.each([
  ["there is a free place", 0],
  ["there would be one at that very time", 1020],
])("who has no time left is not let through, even where %s", async (_, remainingMs) => {
  const clock = new VirtualClock();
  void clock.sleep(5);
  await clock.run();
  const limiter = new RateLimiter(1, clock);
  if (remainingMs > 0) await request(limiter, clock, immediate);
  expect(await limiter.take(() => remainingMs)).toBeUndefined();
});

it("who comes first is served first", async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(2, clock);
  const served: string[] = [];
  for (const name of ["a", "b", "c", "d", "e"])
    void limiter.take().then((takenAt = NaN) => {
      served.push(name);
      limiter.ended(takenAt);
    });
  await clock.run();
  expect(served).toEqual(["a", "b", "c", "d", "e"]);
});

describe("when the service refuses all the same", () => {
  /** The time between two requests that follow now. */
  async function gapMs(limiter: RateLimiter, clock: VirtualClock): Promise<number> {
    const [first = 0, second = 0] = await takeAtOnce(limiter, clock, 2);
    return second - first;
  }

  async function limiterAfter(refusals: number) {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(20, clock);
    for (let refusal = 0; refusal < refusals; refusal++) {
      const [takenAt = 0] = await takeAtOnce(limiter, clock, 1);
      void clock.sleep(10);
      await clock.run();
      limiter.refused(takenAt);
    }
    return { clock, limiter };
  }

  it.each([
    [0, 0],
    [1, 100],
    [2, 200],
    [3, 400],
    [5, 1600],
    [6, 2000],
    [20, 2000],
  ])("after %d refusals, one after the other, requests are %d ms apart", async (refusals, expectedMs) => {
    const { clock, limiter } = await limiterAfter(refusals);
    expect(await gapMs(limiter, clock)).toBe(expectedMs);
  });

  it.each([0, 30])("a burst of refusals counts once, %d ms later", async (delayMs) => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(20, clock);
    const burst = await takeAtOnce(limiter, clock, 20);
    void clock.sleep(delayMs);
    await clock.run();
    for (const takenAt of burst) limiter.refused(takenAt);
    expect(await gapMs(limiter, clock)).toBe(100);
  });

  it("requests come closer again as the service takes them, until they are not held apart any more", async () => {
    const { clock, limiter } = await limiterAfter(7);
    const gaps: number[] = [];
    for (let round = 0; round < 500; round++) {
      limiter.accepted();
      if (round % 100 !== 0) continue;
      gaps.push(await gapMs(limiter, clock));
    }
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    expect(gaps[0]).toBeCloseTo(1000 / 0.6, 5);
    expect(gaps.at(-1)).toBe(0);
  });

  it("what is taken all the time does not hold anything apart", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(20, clock);
    limiter.accepted();
    expect(await takeAtOnce(limiter, clock, 2)).toEqual([0, 0]);
  });
});
