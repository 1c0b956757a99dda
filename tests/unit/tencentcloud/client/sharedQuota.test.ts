import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { mean } from "../../../../benchmarks/report/statistics";
import { randomFrom } from "../../../../tools/random";
import { VirtualTime } from "../../../../tools/virtualTime";

describe("processes that share a quota, and start one after another", () => {
  const settledAtMs = 60_000;
  const endsAtMs = 180_000;

  /** Returns the requests per second that the service accepts from each process after a warm-up, under constant load. */
  async function shares(processes: number, random: () => number): Promise<number[]> {
    const time = new VirtualTime();
    let taken: number[] = [];
    const isTaken = () => {
      taken = taken.filter((takenAt) => takenAt > time.elapsedMs - 1000);
      return taken.length < 20 && taken.push(time.elapsedMs) > 0;
    };
    const send = async (limiter: RateLimiter): Promise<number> => {
      for (let count = 0; ;) {
        const takenAt = await limiter.take(() => endsAtMs - time.elapsedMs);
        if (takenAt === undefined) return count;
        await time.sleep(25 + 50 * random());
        if (isTaken()) {
          limiter.accepted();
          if (takenAt > settledAtMs) count++;
        } else limiter.refused(takenAt);
        limiter.ended(takenAt);
      }
    };
    const counts = Array.from({ length: processes }, async (_, index) => {
      await time.sleep(index * 2000);
      const limiter = new RateLimiter(20, time.forProcess());
      const sent = await Promise.all(Array.from({ length: 20 }, () => send(limiter)));
      return sent.reduce((sum, count) => sum + count, 0);
    });
    return (await time.until(Promise.all(counts))).map((count) => (count * 1000) / (endsAtMs - settledAtMs));
  }

  // The mean of several runs, because in a single run a few unlucky refusals can slow down one process for a long time.
  it.each([2, 4, 10])("get about equal shares of it, and together use most of it: %d processes", async (processes) => {
    const runs = await Promise.all([1, 2, 3, 4, 5].map((seed) => shares(processes, randomFrom(seed))));
    const rates = Array.from({ length: processes }, (_, process) => mean(runs.map((run) => run[process] ?? 0)));
    expect(Math.min(...rates)).toBeGreaterThan((0.6 * 20) / processes);
    expect(Math.max(...rates)).toBeLessThan((1.4 * 20) / processes);
    expect(rates.reduce((sum, rate) => sum + rate, 0)).toBeGreaterThan(0.8 * 20);
  });
});
