import { setTimeout as realSleep } from "node:timers/promises";

/** The only source of time of the local cloud. */
export interface Clock {
  /** Returns the calendar time, for signatures, keys, and every time in a response. */
  now(): Date;
  /** Returns the time since an arbitrary start, for the rate limit and locks. It never goes back. */
  elapsedMs(): number;
  /** Resolves after the delay. Rejects if the signal is aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Readonly<Clock> = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (delayMs, signal) => realSleep(delayMs, undefined, { signal }),
};

/** Returns the real clock with another calendar time, which changes neither the rate limit nor any duration. */
export const clockWithCalendar = (now: () => Date): Clock => ({ ...realClock, now });
