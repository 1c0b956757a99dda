import { summarize } from "../errors/advisingError";
import { isApiError, isTransportError } from "../errors/errors";
import { classify } from "../errors/classify";

/**
 * Returns a line that says what happened, and that another attempt follows. It has no instruction: the user may not
 * have to do anything.
 */
export function describeRetry(error: unknown, remainingMs: number): string {
  return `${describeFailure(error)}; retrying for up to ${Math.ceil(remainingMs / 1000)} s`;
}

function describeFailure(error: unknown): string {
  // An error of a credential source repeats its cause, including the instruction.
  const { cause } = (error ?? {}) as { cause?: unknown };
  const origin = isApiError(cause) || isTransportError(cause) ? cause : error;
  const isThrottled = isApiError(origin) && classify(origin).verdict === "throttled";
  if (!isThrottled) return summarize(origin);
  return `${origin.action} was throttled (${origin.code}, request ${origin.requestId})`;
}
