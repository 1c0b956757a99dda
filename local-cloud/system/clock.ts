import { setTimeout as realSleep } from "node:timers/promises";

/** All the time that the local cloud knows. */
export interface Clock {
  /** The calendar time: for signatures, keys, and every time in an answer. */
  now(): Date;
  /** The time since some fixed moment, for the quota and for locks. It never goes back. */
  elapsedMs(): number;
  /** Rejects when the signal is aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (delayMs, signal) => realSleep(delayMs, undefined, { signal }),
};

/** The real clock with another calendar, which moves neither the quota nor how long things take. */
export const clockWithCalendar = (now: () => Date): Clock => ({ ...realClock, now });
