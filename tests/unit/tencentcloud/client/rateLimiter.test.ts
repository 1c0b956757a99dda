import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { randomFrom } from "../../../../tools/random";
import { VirtualTime } from "../../../../tools/virtualTime";

/** How long a request travels, and how long its answer then takes. */
interface Journey {
  readonly travelMs: number;
  readonly answerMs: number;
}

/** One request, and when it arrives at the service. */
async function request(limiter: RateLimiter, time: VirtualTime, { travelMs, answerMs }: Journey): Promise<number> {
  const takenAt = (await limiter.take()) ?? NaN;
  if (travelMs > 0) await time.sleep(travelMs);
  const arrivedAt = time.elapsedMs;
  if (answerMs > 0) await time.sleep(answerMs);
  limiter.ended(takenAt);
  return arrivedAt;
}

const immediate: Journey = { travelMs: 0, answerMs: 0 };

/** So many requests at once, and when each arrives. */
async function takeAtOnce(
  limiter: RateLimiter,
  time: VirtualTime,
  count: number,
  journey = () => immediate,
): Promise<number[]> {
  return time.until(Promise.all(Array.from({ length: count }, () => request(limiter, time, journey()))));
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
      const time = new VirtualTime();
      // Most are quick; one in ten waits in a busy process, or on the way.
      const journey = () => ({ travelMs: random() * (random() < 0.1 ? 3000 : 80), answerMs: random() * 50 });
      const arrived = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 200, journey);
      expect(mostInASecond(arrived)).toBeLessThanOrEqual(20);
    },
  );

  it("make use of nearly all of the quota", async () => {
    const time = new VirtualTime();
    const sent = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 200);
    expect(mostInASecond(sent)).toBe(20);
    expect(sent.at(-1)).toBeLessThanOrEqual(9 * 1020);
  });

  it("keep to it also where they come at random times and wake up late", async () => {
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

  it("wait while as many as a second's worth are unanswered", async () => {
    const time = new VirtualTime();
    const journey = () => ({ travelMs: 0, answerMs: 5000 });
    const arrived = await takeAtOnce(new RateLimiter(2, time.forProcess()), time, 3, journey);
    expect(arrived).toEqual([0, 0, 6020]);
  });
});

it("a place whose request gets no answer is taken for some seconds only, and left once", async () => {
  const time = new VirtualTime();
  const limiter = new RateLimiter(2, time.forProcess());
  void request(limiter, time, { travelMs: 0, answerMs: 30_000 });
  const arrived: number[] = [];
  const sendAll = async () => {
    for (let count = 0; count < 60; count++) arrived.push(await request(limiter, time, immediate));
  };
  await time.until(sendAll());
  // One place at first, then both.
  expect(arrived.slice(0, 3)).toEqual([0, 1020, 2040]);
  expect(arrived.filter((time) => time < 10_000)).toHaveLength(10);
  expect(mostInASecond(arrived)).toBe(2);
  expect(arrived.at(-1)).toBeLessThan(40_000);
});

it("up to a second's worth is let through without any wait", async () => {
  const time = new VirtualTime();
  const sent = await takeAtOnce(new RateLimiter(20, time.forProcess()), time, 20);
  expect(sent).toEqual(Array(20).fill(0));
});

it("whose turn would come too late is told so at once, and leaves it to the next", async () => {
  const time = new VirtualTime();
  const limiter = new RateLimiter(1, time.forProcess());
  limiter.ended((await limiter.take()) ?? NaN);
  const inVain = Array.from({ length: 30 }, () => limiter.take(() => 500 - time.elapsedMs));
  const patient = limiter.take();
  expect(await time.until(Promise.all(inVain))).toEqual(Array(30).fill(undefined));
  expect(await time.until(patient)).toBe(1020);
});

it.each([
  ["there is a free place", 0],
  ["there would be one at that very time", 1020],
])("who has no time left is not let through, even where %s", async (_, remainingMs) => {
  const time = new VirtualTime();
  await time.pass(5);
  const limiter = new RateLimiter(1, time.forProcess());
  if (remainingMs > 0) await request(limiter, time, immediate);
  expect(await limiter.take(() => remainingMs)).toBeUndefined();
});

it("who comes first is served first", async () => {
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

describe("when the service refuses all the same", () => {
  /** The time between two requests that follow now. */
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
  ])("after %d refusals, one after the other, requests are %d ms apart", async (refusals, expectedMs) => {
    const { time, limiter } = await limiterAfter(refusals);
    expect(await gapMs(limiter, time)).toBe(expectedMs);
  });

  it.each([0, 30])("a burst of refusals counts once, %d ms later", async (delayMs) => {
    const time = new VirtualTime();
    const limiter = new RateLimiter(20, time.forProcess());
    const burst = await takeAtOnce(limiter, time, 20);
    await time.pass(delayMs);
    for (const takenAt of burst) limiter.refused(takenAt);
    expect(await gapMs(limiter, time)).toBe(100);
  });

  it("requests come closer again as the service takes them, until they are not held apart any more", async () => {
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

  it("what is taken all the time does not hold anything apart", async () => {
    const time = new VirtualTime();
    const limiter = new RateLimiter(20, time.forProcess());
    limiter.accepted();
    expect(await takeAtOnce(limiter, time, 2)).toEqual([0, 0]);
  });
});
