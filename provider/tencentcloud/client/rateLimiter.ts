import type { Clock } from "../retry/clock";

/** The service counts per second. The margin allows for clocks of slightly different speed. */
const windowMs = 1020;

/** How long a connection may take: a request that has not arrived by then never will. */
const longestTravelMs = 10_000;

/** The longest pause between two requests, however often the service throttles. */
const longestGapMs = 2000;

/**
 * Keeps one process within a quota of requests per second, and lowers its rate if the service throttles all the same,
 * because others use the quota, too.
 *
 * A request takes a slot, which is free again one second after the response. The time of its arrival at the service is
 * unknown here, but it is before the response: however long requests travel, or wait in a busy process, the service
 * never counts too many. A token bucket, which refills by the time of sending, cannot guarantee that. Without a
 * response, the slot is free one second after the latest time at which the request can have arrived.
 */
export class RateLimiter {
  /** When each free slot may be taken, the earliest first. */
  private readonly slots: number[];
  /** When the other slots were taken, the earliest first. */
  private readonly unanswered: number[] = [];
  private slotFreed: () => void = () => undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private lastTakenAt = -Infinity;
  /** The minimum time between two requests: above 0 only while the service throttles. */
  private gapMs = 0;
  private refusedAt = -Infinity;

  constructor(
    private readonly requestsPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.slots = Array<number>(requestsPerSecond).fill(-Infinity);
  }

  /**
   * Waits for a slot, in the order of the calls. Returns when the slot was taken, or undefined if the deadline would
   * pass first. {@link ended} frees a taken slot.
   *
   * @param remainingMs how long the request may wait, called when a slot is near
   */
  take(remainingMs: () => number = () => Infinity): Promise<number | undefined> {
    const next = this.turn.then(() => this.wait(remainingMs));
    this.turn = next;
    return next;
  }

  /** Frees the slot that was taken at this time, because the response has arrived or is no longer awaited. */
  ended(takenAt: number): void {
    const index = this.unanswered.indexOf(takenAt);
    // The slot may have been freed already.
    if (index >= 0) this.freeSlot(index);
  }

  /** Lowers the rate: the service has throttled the request whose slot was taken at this time. */
  refused(takenAt: number): void {
    // A burst of refusals lowers the rate once: requests sent before the last refusal do not count again.
    if (takenAt <= this.refusedAt) return;
    this.refusedAt = this.clock.elapsedMs();
    this.gapMs = Math.min(longestGapMs, 2 * Math.max(1000 / this.requestsPerSecond, this.gapMs));
  }

  /** Raises a lowered rate again: the service has accepted a request. */
  accepted(): void {
    // A refusal halves the rate, and a success raises it by a fixed amount, not by a factor: processes that share a
    // quota thus converge to equal parts, whatever their initial rates. Without a gap, the rate is infinite, and stays
    // so.
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

/** The documented requests per second; for all other actions of this API they are 20. */
const documentedRates: Readonly<Record<string, number>> = { DescribeTaskList: 100 };

/** One limiter per Tencent Cloud account, action and region. */
export class RateLimiters {
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(private readonly clock: Clock) {}

  /** @param account any string that identifies a Tencent Cloud account as long as this object lives */
  limiterFor(account: string, action: string, region: string): RateLimiter {
    const key = JSON.stringify([account, action, region]);
    const limiter = this.limiters.get(key) ?? new RateLimiter(documentedRates[action] ?? 20, this.clock);
    this.limiters.set(key, limiter);
    return limiter;
  }
}
