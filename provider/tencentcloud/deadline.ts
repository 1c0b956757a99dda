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
