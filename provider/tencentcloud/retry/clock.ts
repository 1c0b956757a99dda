import { setTimeout as sleep } from "node:timers/promises";

/** Time, as everything that waits, times out or signs sees it. A test passes its own clock. */
export interface Clock {
  /** In milliseconds, never set back: only differences of it count. */
  elapsedMs(): number;
  /** The calendar's time, in milliseconds since 1970. */
  epochMs(): number;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  /** Calls `ring` once after the delay, unless the returned function is called before. */
  alarm(delayMs: number, ring: () => void): () => void;
  /** Whether the run was canceled: then no time is left for anything. Absent where it cannot be. */
  readonly isCanceled?: () => boolean;
}

export const systemClock: Clock = {
  elapsedMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (delayMs) => sleep(delayMs),
  alarm(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return () => clearTimeout(timer);
  },
};
