import { CanceledError } from "../errors/errors";
import type { Clock } from "./clock";

/** The deadline of an operation. */
export interface Deadline {
  /** The total time, from the start to the deadline. */
  readonly seconds: number;
  /** Measures the time, and provides `sleep` for waits before the deadline. */
  readonly clock: Clock;
  /** Never negative. */
  readonly remainingMs: () => number;
}

export function deadlineIn(seconds: number, clock: Clock): Deadline {
  const end = clock.elapsedMs() + seconds * 1000;
  return {
    seconds,
    clock,
    remainingMs: () => (clock.isCanceled?.() ? 0 : Math.max(0, end - clock.elapsedMs())),
  };
}

/** With less time left than this, no further attempt is made. */
export const lastAttemptMs = 250;

/** @throws CanceledError if the run was canceled: results since then may be incomplete */
export function throwIfCanceled({ clock }: Deadline, summary: string): void {
  if (clock.isCanceled?.()) throw new CanceledError(summary);
}

/** Returns what a promise resolves to, or rejects with `late()` if the deadline passes first. */
export function within<T>(deadline: Deadline, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = deadline.clock.alarm(deadline.remainingMs(), () => reject(late()));
    void promise.then(resolve, reject).finally(cancel);
  });
}
