import { setTimeout as sleep } from "node:timers/promises";

/** How a limiter sees time. */
export interface Clock {
  /** In milliseconds; only differences count. */
  now(): number;
  sleep(delayMs: number): Promise<unknown>;
}

const systemClock: Clock = { now: () => performance.now(), sleep: (delayMs) => sleep(delayMs) };

/** The time in which no more than the documented requests of a second are sent: a tenth more, since they do not all
 * travel equally fast. */
const windowMs = 1100;

/** The longest pause between two requests, however often the service refuses. */
const longestGapMs = 2000;

/**
 * Keeps one process within a quota of so many requests in a second, and steps back when the service refuses all the
 * same, for then others use that quota too.
 *
 * A window rather than a bucket that refills: the service counts the requests of the last second, and a full bucket
 * on top of a second's refill would be too many.
 */
export class RateLimiter {
  /** When the last requests were let through, the oldest first; as many as one window holds. */
  private readonly recent: number[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  /** The least time between two requests, above 0 only while the service refuses. */
  private gapMs = 0;
  private refusedAt = -Infinity;

  constructor(
    private readonly requestsPerSecond: number,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Waits for this request's turn, first come first served. Returns the time at which it was let through. */
  take(): Promise<number> {
    const next = this.turn.then(() => this.wait());
    this.turn = next;
    return next;
  }

  /** Tells that the service has refused a request that was let through at this time. */
  refused(takenAt: number): void {
    // One burst of refusals is one reason to step back: those sent before it do not count again.
    if (takenAt <= this.refusedAt) return;
    this.refusedAt = this.clock.now();
    this.gapMs = Math.min(longestGapMs, Math.max(windowMs / this.requestsPerSecond, this.gapMs * 2));
  }

  /** Tells that the service has taken a request. */
  accepted(): void {
    this.gapMs = this.gapMs < 1 ? 0 : this.gapMs * 0.95;
  }

  private async wait(): Promise<number> {
    const last = this.recent.at(-1) ?? -Infinity;
    const oldest = this.recent.length < this.requestsPerSecond ? -Infinity : (this.recent[0] ?? -Infinity);
    const delayMs = Math.max(oldest + windowMs, last + this.gapMs) - this.clock.now();
    if (delayMs > 0) await this.clock.sleep(delayMs);
    const now = this.clock.now();
    this.recent.push(now);
    if (this.recent.length > this.requestsPerSecond) this.recent.shift();
    return now;
  }
}

/** The documented requests per second; all other actions of this API have 20. */
const documentedRates: Readonly<Record<string, number>> = { DescribeTaskList: 100 };

const limiters = new Map<string, RateLimiter>();

/** The one limiter of this process for an account's use of an action in a region. */
export function rateLimiterFor(secretId: string, action: string, region: string): RateLimiter {
  const key = JSON.stringify([secretId, action, region]);
  const limiter = limiters.get(key) ?? new RateLimiter(documentedRates[action] ?? 20);
  limiters.set(key, limiter);
  return limiter;
}
