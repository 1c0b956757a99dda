import { type Clock, systemClock } from "../retry/clock";

/** The service's second, and a little more, for clocks do not run alike. */
const windowMs = 1020;

/** How long making a connection may take: a request that has not arrived by then never will. */
const longestTravelMs = 10_000;

/** The longest pause between two requests, however often the service throttles. */
const longestGapMs = 2000;

/**
 * Keeps one process within a quota of requests per second, and lowers its rate when the service throttles all the same:
 * then others use the quota, too.
 *
 * A request takes a slot, which is free again a second after the answer. When the request arrived at the service is not
 * known here, only that it was before the answer: however long requests travel, or wait in a busy process, the service
 * never counts too many. A token bucket, which refills by the time of sending, cannot promise that. If no answer comes,
 * the slot is free a second after the request must have arrived.
 */
export class RateLimiter {
  /** When each slot may be taken, the earliest first. */
  private readonly slots: number[];
  /** When the other slots were taken, the earliest first. */
  private readonly unanswered: number[] = [];
  private slotFreed: () => void = () => undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private lastTakenAt = -Infinity;
  /** The least time between two requests, above 0 only while the service throttles. */
  private gapMs = 0;
  private refusedAt = -Infinity;

  constructor(
    private readonly requestsPerSecond: number,
    private readonly clock: Clock = systemClock,
  ) {
    this.slots = Array<number>(requestsPerSecond).fill(-Infinity);
  }

  /**
   * Waits for a slot, first come first served. Returns when the slot was taken, or undefined if that would be too late.
   * A taken slot is freed by {@link ended}.
   *
   * @param remainingMs how long the request may wait, asked when a slot is near
   */
  take(remainingMs: () => number = () => Infinity): Promise<number | undefined> {
    const next = this.turn.then(() => this.wait(remainingMs));
    this.turn = next;
    return next;
  }

  /** Frees the slot that was taken at this time: the request was answered, or no answer is waited for. */
  ended(takenAt: number): void {
    const index = this.unanswered.indexOf(takenAt);
    // The slot may have been freed before.
    if (index >= 0) this.freeSlot(index);
  }

  /** Lowers the rate: the service has throttled the request whose slot was taken at this time. */
  refused(takenAt: number): void {
    // One burst of refusals is one reason to step back: those sent before it do not count again.
    if (takenAt <= this.refusedAt) return;
    this.refusedAt = this.clock.elapsedMs();
    this.gapMs = Math.min(longestGapMs, 2 * Math.max(1000 / this.requestsPerSecond, this.gapMs));
  }

  /** Raises a lowered rate again: the service has accepted a request. */
  accepted(): void {
    // A refusal halves the rate, and an answer adds a fixed amount, not a part of it: so those who share a quota come to
    // equal parts of it, whatever they began with.
    // Without a gap, the rate is infinite, and stays so.
    const perSecond = 1000 / this.gapMs + 0.005 * this.requestsPerSecond;
    this.gapMs = perSecond > 2 * this.requestsPerSecond ? 0 : 1000 / perSecond;
  }

  private async wait(remainingMs: () => number): Promise<number | undefined> {
    while ((this.unanswered[0] ?? Infinity) + longestTravelMs <= this.clock.elapsedMs()) this.freeSlot(0);
    while (this.slots.length === 0) await new Promise<void>((resolve) => (this.slotFreed = resolve));
    const slot = this.slots[0] ?? -Infinity;
    const delayMs = Math.max(slot, this.lastTakenAt + this.gapMs) - this.clock.elapsedMs();
    // Gives up without taking a slot if the deadline would pass.
    if (delayMs >= remainingMs() || remainingMs() <= 0) return undefined;
    this.slots.shift();
    if (delayMs > 0) await this.clock.sleep(delayMs);
    this.lastTakenAt = this.clock.elapsedMs();
    this.unanswered.push(this.lastTakenAt);
    return this.lastTakenAt;
  }

  private freeSlot(index: number): void {
    this.unanswered.splice(index, 1);
    this.slots.push(this.clock.elapsedMs() + windowMs);
    this.slotFreed();
  }
}

/** The documented requests per second; all other actions of this API have 20. */
const documentedRates: Readonly<Record<string, number>> = { DescribeTaskList: 100 };

/** One limiter for each Tencent Cloud account's use of an action in a region. */
export class RateLimiters {
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** @param account anything that stays the same for a Tencent Cloud account as long as this object lives */
  limiterFor(account: string, action: string, region: string): RateLimiter {
    const key = JSON.stringify([account, action, region]);
    const limiter = this.limiters.get(key) ?? new RateLimiter(documentedRates[action] ?? 20, this.clock);
    this.limiters.set(key, limiter);
    return limiter;
  }
}
