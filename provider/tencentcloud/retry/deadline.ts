import { CanceledError } from "../errors/errors";
import { type Clock, systemClock } from "./clock";

/** The end of the time that an operation may take. */
export interface Deadline {
  /** The whole of that time. */
  readonly seconds: number;
  /** What it is measured by, and what waits within it sleep by. */
  readonly clock: Clock;
  /** Never negative. */
  readonly remainingMs: () => number;
}

export function deadlineIn(seconds: number, clock: Clock = systemClock): Deadline {
  const end = clock.elapsedMs() + seconds * 1000;
  return {
    seconds,
    clock,
    remainingMs: () => (clock.isCanceled?.() ? 0 : Math.max(0, end - clock.elapsedMs())),
  };
}

/** With less time than this no further attempt is made. */
export const lastAttemptMs = 250;

/** @throws CanceledError once the run was canceled: what was found since may be incomplete */
export function throwIfCanceled({ clock }: Deadline, summary: string): void {
  if (clock.isCanceled?.()) throw new CanceledError(summary);
}

/** Returns what a promise resolves to, or rejects with `late()` when the deadline passes first. */
export function within<T>(deadline: Deadline, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = deadline.clock.alarm(deadline.remainingMs(), () => reject(late()));
    void promise.then(resolve, reject).finally(cancel);
  });
}
