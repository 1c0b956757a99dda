/** The end of the time that an operation may take. */
export interface Deadline {
  /** The whole of that time. */
  readonly seconds: number;
  /** Never negative. */
  remainingMs(): number;
}

/** @param now the time in milliseconds; only differences of it count */
export function deadlineIn(seconds: number, now: () => number = () => performance.now()): Deadline {
  const end = now() + seconds * 1000;
  return { seconds, remainingMs: () => Math.max(0, end - now()) };
}

/** With less time than this no further attempt is made. */
export const lastAttemptMs = 250;

/** What a promise comes to, or the error that says why nothing has come of it by the deadline. */
export function within<T>(deadline: Deadline, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), deadline.remainingMs());
    void promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
