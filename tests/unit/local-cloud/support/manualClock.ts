import type { Clock } from "../../../../local-cloud/system/clock";

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private elapsed = 0;
  private readonly sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();

  constructor(private readonly start = new Date("2030-01-02T03:04:05Z")) {}

  now(): Date {
    return new Date(this.start.getTime() + this.elapsed);
  }

  elapsedMs(): number {
    return this.elapsed;
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { atMs: this.elapsed + delayMs, wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        this.sleepers.delete(sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  /** Moves on, and wakes those whose time has come, each at its own time. */
  async advance(byMs: number): Promise<void> {
    const end = this.elapsed + byMs;
    await everybodyAsleep();
    for (let next = this.nextBefore(end); next; next = this.nextBefore(end)) {
      this.sleepers.delete(next);
      this.elapsed = Math.max(this.elapsed, next.atMs);
      next.wake();
      await everybodyAsleep();
    }
    this.elapsed = end;
  }

  private nextBefore(endMs: number) {
    return [...this.sleepers].sort((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= endMs);
  }
}

const everybodyAsleep = () => new Promise((resolve) => setImmediate(resolve));
