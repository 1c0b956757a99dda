import { type Clock, systemClock } from "../retry/clock";

/** The service's second, and a little more, for clocks do not run alike. */
const windowMs = 1020;

/** As long as a connection may take to be made: what has not arrived by then never will. */
const longestTravelMs = 10_000;

/** The longest pause between two requests, however often the service refuses. */
const longestGapMs = 2000;

/**
 * Keeps one process within a quota of so many requests in a second, and steps back when the service refuses all the
 * same, for then others use that quota too.
 *
 * A request has a place, which it leaves for the next one a second after its answer. When it arrived at the service
 * is not known here, only that it was before that: however long requests travel, or wait in a busy process, the
 * service never counts too many. A bucket that refills by the time of sending cannot promise that. Where no answer
 * comes, the place is left a second after the request must have arrived.
 */
export class RateLimiter {
  /** When each free place may be used, the earliest first. */
  private readonly places: number[];
  /** When those requests were let through that have a place, the earliest first. */
  private readonly unanswered: number[] = [];
  private placeLeft: () => void = () => undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private lastTakenAt = -Infinity;
  /** The least time between two requests, above 0 only while the service refuses. */
  private gapMs = 0;
  private refusedAt = -Infinity;

  constructor(
    private readonly requestsPerSecond: number,
    private readonly clock: Clock = systemClock,
  ) {
    this.places = Array<number>(requestsPerSecond).fill(-Infinity);
  }

  /**
   * Waits for this request's turn, first come first served. Returns the time at which it was let through, or undefined
   * when its turn would come too late. Whoever takes a turn tells its end by {@link ended}.
   *
   * @param remainingMs how long it may wait, asked when its turn is near
   */
  take(remainingMs: () => number = () => Infinity): Promise<number | undefined> {
    const next = this.turn.then(() => this.wait(remainingMs));
    this.turn = next;
    return next;
  }

  /** Tells that a request that was let through at this time has been answered, or that no answer is waited for. */
  ended(takenAt: number): void {
    const index = this.unanswered.indexOf(takenAt);
    // Its place may have been left before.
    if (index >= 0) this.leavePlace(index);
  }

  /** Tells that the service has refused a request that was let through at this time. */
  refused(takenAt: number): void {
    // One burst of refusals is one reason to step back: those sent before it do not count again.
    if (takenAt <= this.refusedAt) return;
    this.refusedAt = this.clock.now();
    this.gapMs = Math.min(longestGapMs, 2 * Math.max(1000 / this.requestsPerSecond, this.gapMs));
  }

  /** Tells that the service has taken a request. */
  accepted(): void {
    if (this.gapMs === 0) return;
    // A refusal halves the rate, and an answer adds a fixed amount, not a part of it: so those who share a quota come to
    // equal parts of it, whatever they began with.
    const perSecond = 1000 / this.gapMs + 0.005 * this.requestsPerSecond;
    this.gapMs = perSecond > 2 * this.requestsPerSecond ? 0 : 1000 / perSecond;
  }

  private async wait(remainingMs: () => number): Promise<number | undefined> {
    while ((this.unanswered[0] ?? Infinity) + longestTravelMs <= this.clock.now()) this.leavePlace(0);
    while (this.places.length === 0) await new Promise<void>((resolve) => (this.placeLeft = resolve));
    const place = this.places[0] ?? -Infinity;
    const delayMs = Math.max(place, this.lastTakenAt + this.gapMs) - this.clock.now();
    // Whoever comes too late leaves its turn to the next at once.
    if (delayMs >= remainingMs() || remainingMs() <= 0) return undefined;
    this.places.shift();
    if (delayMs > 0) await this.clock.sleep(delayMs);
    this.lastTakenAt = this.clock.now();
    this.unanswered.push(this.lastTakenAt);
    return this.lastTakenAt;
  }

  private leavePlace(index: number): void {
    this.unanswered.splice(index, 1);
    this.places.push(this.clock.now() + windowMs);
    this.placeLeft();
  }
}

/** The documented requests per second; all other actions of this API have 20. */
const documentedRates: Readonly<Record<string, number>> = { DescribeTaskList: 100 };

/** One limiter for each account's use of an action in a region. */
export class RateLimiters {
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** @param account anything that stays the same for an account as long as this object lives */
  limiterFor(account: string, action: string, region: string): RateLimiter {
    const key = JSON.stringify([account, action, region]);
    const limiter = this.limiters.get(key) ?? new RateLimiter(documentedRates[action] ?? 20, this.clock);
    this.limiters.set(key, limiter);
    return limiter;
  }
}
