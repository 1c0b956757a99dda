import { isApiError, isTransportError } from "../errors/errors";

/**
 * What a failed call means for trying again.
 *
 * - `throttled`: nothing was done, the quota is used up
 * - `passing`: nothing was done, and the state that forbids it passes by itself
 * - `ambiguous`: it may have been done
 * - `final`: trying again would end the same way
 */
export type Failure = "throttled" | "passing" | "ambiguous" | "final";

/** The first prefix that fits a code decides. */
const failuresByCode: readonly (readonly [prefix: string, failure: Failure])[] = [
  ["RequestLimitExceeded", "throttled"],
  // How STS says that it is throttled.
  ["InvalidParameter.OverLimit", "throttled"],
  // Another change of the instance is under way: the vendor's Terraform provider waits these out, too. What never
  // passes, an isolated instance, only its status tells.
  ["ResourceInUse", "passing"],
  ["ResourceUnavailable", "passing"],
  // STS says so of the role that was named, not of its own health.
  ["InternalError.IllegalRole", "final"],
  ["InternalError.GetRoleError", "final"],
  ["InternalError", "ambiguous"],
  ["ServiceUnavailable", "ambiguous"],
  ["FailedOperation.SystemError", "ambiguous"],
  ["FailedOperation.Unknown", "ambiguous"],
];

/** Pure: the same error always means the same. */
export function failureOf(error: unknown): Failure {
  if (isTransportError(error)) {
    const byOutcome = { unreachable: "passing", refused: "final", lost: "ambiguous", unusable: "final" } as const;
    return byOutcome[error.outcome];
  }
  if (!isApiError(error)) return "final";
  const found = failuresByCode.find(([prefix]) => error.code === prefix || error.code.startsWith(`${prefix}.`));
  return found ? found[1] : "final";
}

/** Whether a call that failed may have been carried out all the same. */
export const mayHaveBeenDone = (error: unknown): boolean =>
  failureOf(error) === "ambiguous" || (isTransportError(error) && error.outcome === "unusable");

const firstDelayMs = 500;
const longestDelayMs = 15_000;

/**
 * How long to wait before another attempt: full jitter, so that many who were refused together do not come back
 * together.
 *
 * @param attempt 0 after the first failure
 * @param random from 0 up to 1
 */
export function retryDelayMs(attempt: number, random: number): number {
  return random * Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 10));
}
