import type { Clock as CloudClock } from "../local-cloud/system/clock";
import type { Clock as ProviderClock } from "../provider/tencentcloud/retry/clock";

interface Alarm {
  readonly atMs: number;
  readonly ring: () => void;
}

/**
 * The time of a provider and of the local cloud. It stands still while any code runs or real input or output is in
 * flight, and then jumps to the next alarm.
 */
export class VirtualTime {
  private elapsed = 0;
  /** The earliest first; of two at the same time, the one that was set first. */
  private alarms: Alarm[] = [];
  private readonly inFlight = new Set<Promise<unknown>>();

  /** @param start a full second, so that the same story always gets the same seconds */
  constructor(private readonly start = new Date("2030-01-02T03:04:05Z")) {}

  get elapsedMs(): number {
    return this.elapsed;
  }

  get epochMs(): number {
    return this.start.getTime() + this.elapsed;
  }

  readonly forCloud: CloudClock = {
    now: () => new Date(this.epochMs),
    elapsedMs: () => this.elapsed,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          cancel();
          reject(signal?.reason as Error);
        };
        const cancel = this.alarm(delayMs, () => {
          // Many sleeps share one signal, which compares each new listener with all others.
          signal?.removeEventListener("abort", stop);
          resolve();
        });
        signal?.addEventListener("abort", stop);
      }),
  };

  /**
   * Returns the clock of one process.
   *
   * @param isAlive alarms of a process that is no longer alive never ring
   * @param offMs how far its calendar is ahead of the cloud's, in milliseconds
   */
  forProcess(isAlive: () => boolean = () => true, offMs = 0): ProviderClock {
    const alarm = (delayMs: number, ring: () => void) => this.alarm(delayMs, () => isAlive() && ring());
    return {
      elapsedMs: () => this.elapsed,
      epochMs: () => this.epochMs + offMs,
      sleep: (delayMs) => new Promise<void>((wake) => alarm(delayMs, wake)),
      alarm,
    };
  }

  alarm(delayMs: number, ring: () => void): () => void {
    // In whole milliseconds, like timers.
    const alarm = { atMs: Math.ceil(this.elapsed + Math.max(0, delayMs)), ring };
    const next = this.alarms.findIndex(({ atMs }) => atMs > alarm.atMs);
    this.alarms.splice(next === -1 ? this.alarms.length : next, 0, alarm);
    return () => {
      const index = this.alarms.indexOf(alarm);
      if (index >= 0) this.alarms.splice(index, 1);
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((wake) => this.alarm(delayMs, wake));
  }

  /** Stops time while real input or output is in flight. */
  async holdFor<T>(work: Promise<T>): Promise<T> {
    this.inFlight.add(work);
    try {
      return await work;
    } finally {
      this.inFlight.delete(work);
    }
  }

  /** Advances time until a promise settles. @throws Error if it never would */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const settled = () => (state.isSettled = true);
    promise.then(settled, settled);
    for (;;) {
      await this.untilAllWait();
      if (state.isSettled) return promise;
      if (!this.ringNext(Infinity)) throw new Error("nothing is left that could end the waiting");
    }
  }

  /** Advances time by this many milliseconds. */
  async pass(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    do await this.untilAllWait();
    while (this.ringNext(end));
    this.elapsed = end;
  }

  private ringNext(latestMs: number): boolean {
    const [next] = this.alarms;
    if (!next || next.atMs > latestMs) return false;
    this.alarms.shift();
    this.elapsed = Math.max(this.elapsed, next.atMs);
    next.ring();
    return true;
  }

  private async untilAllWait(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      if (this.inFlight.size === 0) return;
      await Promise.allSettled(this.inFlight);
    }
  }
}
