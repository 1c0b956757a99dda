import { setTimeout as sleep } from "node:timers/promises";

/** The source of time for everything that waits, times out or signs. A test passes its own clock. */
export interface Clock {
  /** In milliseconds from an arbitrary start, and never set back. */
  elapsedMs(): number;
  /** The calendar time, in milliseconds since 1970. */
  epochMs(): number;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  /** Calls `ring` once after the delay. The returned function cancels the call. */
  alarm(delayMs: number, ring: () => void): () => void;
  /** Whether the run was canceled, so that no time is left. Absent if it cannot be canceled. */
  readonly isCanceled?: () => boolean;
}

export const systemClock: Readonly<Clock> = {
  elapsedMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (delayMs) => sleep(delayMs),
  alarm(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return () => clearTimeout(timer);
  },
};
