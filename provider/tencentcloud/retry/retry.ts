import type { Verdict } from "../errors/apiErrors";
import { type Deadline, lastAttemptMs } from "./deadline";

/** Options for {@link retry}. */
export interface RetryOptions {
  /** When to give up, and the clock to sleep with. */
  readonly deadline: Pick<Deadline, "clock" | "remainingMs">;
  /** Classifies an error. All errors but `final` ones are retried. */
  readonly classify: (error: unknown) => Verdict;
  /**
   * Returns how long an error may still be retried, if that is less than the time until the deadline.
   *
   * @default Infinity
   */
  readonly patienceLeftMs?: (verdict: Verdict) => number;
  /**
   * Called before each retry and its pause, with the error and the remaining time. Throws to end the retries.
   *
   * @default does nothing
   */
  readonly beforeRetry?: (error: unknown, remainingMs: number) => void | Promise<void>;
}

/**
 * Calls an operation until it succeeds, fails permanently, or no time is left for another attempt. Pauses between
 * attempts grow exponentially, with full jitter.
 *
 * @param operation called with the error of the previous attempt
 * @throws the error of the last attempt, or the reason in {@link StopRetrying}
 */
export async function retry<T>(
  operation: (lastError?: unknown) => Promise<T>,
  { deadline, classify, patienceLeftMs = () => Infinity, beforeRetry }: RetryOptions,
): Promise<T> {
  let lastError: unknown;
  for (let failures = 0; ; failures++) {
    try {
      return await operation(lastError);
    } catch (error) {
      if (error instanceof StopRetrying) throw error.reason;
      const verdict = classify(error);
      const remainingMs = deadline.remainingMs();
      const patienceMs = patienceLeftMs(verdict);
      if (verdict === "final" || remainingMs < lastAttemptMs || patienceMs <= 0) throw error;
      await beforeRetry?.(error, Math.min(remainingMs, patienceMs));
      lastError = error;
      // A pause leaves time for another attempt: a transient failure may end just before the deadline.
      await deadline.clock.sleep(Math.min(retryDelayMs(failures, Math.random()), remainingMs / 2, patienceMs));
    }
  }
}

/** Thrown by an operation to end its retries: {@link retry} then throws its reason. */
export class StopRetrying extends Error {
  constructor(readonly reason: unknown) {
    super();
  }
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;

/**
 * Returns how long to wait before another attempt, in milliseconds: with full jitter, so that clients that were refused
 * together do not all return at once.
 *
 * @param attempt 0 after the first failure
 * @param random from 0 up to 1
 */
export function retryDelayMs(attempt: number, random: number): number {
  return random * Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10));
}
