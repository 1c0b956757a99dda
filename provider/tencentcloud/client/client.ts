import { TransportError, isTransportError } from "../errors/errors";
import type { Credentials } from "../transport/signature";
import type { CredentialsProvider } from "../credentials";
import { type Deadline, lastAttemptMs } from "../retry/deadline";
import type { Wire } from "../transport/http";
import { RateLimiters } from "./rateLimiter";
import { type ApiResponse, sendRequest } from "../transport/request";
import { type Failure, failureOf, retryDelayMs } from "../retry/retry";

/** Where a client sends its requests, on whose behalf, and whom it tells when it has to wait. */
export interface ClientOptions extends Wire {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** What no error may repeat, beside what each request itself holds. */
  readonly secrets?: readonly string[];
  /** Called after each failure that does not end the matter: this client tries again, or its caller does. */
  readonly onRetry?: (error: unknown, remainingMs: number) => void;
  /** Shared by all clients of one session. @default limiters of this client's own */
  readonly limiters?: RateLimiters;
}

export interface Call {
  readonly action: string;
  readonly parameters: object;
  /** Attempts are made until then. */
  readonly deadline: Deadline;
  /** Whether doing it twice is the same as doing it once. @default true, as for everything that only reads */
  readonly repeatable?: boolean;
  /**
   * How long a call that keeps failing is retried, for a read that others should not have to wait for. Throttling and
   * waiting for the rate limit do not count. @default until the deadline
   */
  readonly patienceMs?: number;
  /** Called before another attempt: throws to end the call where the failure turns out not to pass. */
  readonly beforeRetry?: (error: unknown) => Promise<void>;
}

/** Calls the Redis API. */
export type Client = (call: Call) => Promise<ApiResponse>;

const version = "2018-04-12";
const longestRequestMs = 30_000;
/** A slow answer is no failure, but one that never comes should not keep others waiting. */
const longestPatientRequestMs = 10_000;

/**
 * A client that keeps to the service's quota, and goes on until the deadline while a failure is one that passes.
 *
 * @see ./retry.ts for what passes
 */
export function createClient(
  { endpoint, region, credentials: provide, secrets, onRetry, limiters = new RateLimiters(), ...wire }: ClientOptions,
  delay?: (delayMs: number) => Promise<unknown>,
): Client {
  const attempt = (
    { action, parameters, deadline, patienceMs = Infinity }: Call,
    credentials: Credentials,
  ): Promise<ApiResponse> => {
    const longestMs = Math.min(longestRequestMs, Math.max(longestPatientRequestMs, patienceMs));
    const timeoutMs = Math.ceil(Math.min(longestMs, deadline.remainingMs()));
    return sendRequest(
      { endpoint, service: "redis", version, region, action, parameters, credentials, timeoutMs, secrets },
      wire,
    );
  };

  return async (call) => {
    const { action, deadline, patienceMs = Infinity } = call;
    let failingSince: number | undefined;
    let lastError: unknown = new TransportError(action, "unreachable", "its turn has not come in time");
    for (let failures = 0; ; failures++) {
      const credentials = await provide(deadline, (error) => onRetry?.(error, deadline.remainingMs()));
      const limiter = limiters.limiterFor(accountOf(provide, credentials), action, region);
      // Sent after the deadline, nobody would wait for its answer, and whether it was carried out would be in doubt.
      const takenAt = await limiter.take(() => deadline.remainingMs());
      if (takenAt === undefined) throw lastError;
      try {
        const response = await attempt(call, credentials).finally(() => limiter.ended(takenAt));
        limiter.accepted();
        return response;
      } catch (error) {
        lastError = error;
        const failure = verdictOn(error, call);
        if (failure === "throttled") limiter.refused(takenAt);
        failingSince = failure === "throttled" ? undefined : (failingSince ?? takenAt);
        const remainingMs = deadline.remainingMs();
        if (failure === "final" || remainingMs < lastAttemptMs) throw error;
        const patienceLeftMs = failingSince === undefined ? Infinity : failingSince + patienceMs - deadline.clock.now();
        if (patienceLeftMs <= 0) throw error;
        if (mayRepeat(failure, call)) await call.beforeRetry?.(error);
        onRetry?.(error, Math.min(remainingMs, patienceLeftMs));
        if (!mayRepeat(failure, call)) throw error;
        // The pause leaves time for another attempt: what passes may pass at the very end.
        const delayMs = Math.min(retryDelayMs(failures, Math.random()), remainingMs / 2, patienceLeftMs);
        await (delay ?? deadline.clock.sleep)(delayMs);
      }
    }
  };
}

/** The first key that each provider gave. */
const firstKeys = new WeakMap<CredentialsProvider, string>();

/** What stands for the account: a temporary key is renewed, and the quota that it draws on stays the same. */
function accountOf(provide: CredentialsProvider, { secretId }: Credentials): string {
  const firstKey = firstKeys.get(provide) ?? secretId;
  firstKeys.set(provide, firstKey);
  return firstKey;
}

/** An answer that cannot be used is asked for again where somebody has the patience: reading is harmless. */
function verdictOn(error: unknown, { repeatable = true, patienceMs }: Call): Failure {
  const isUnusable = isTransportError(error) && error.outcome === "unusable";
  return isUnusable && repeatable && patienceMs !== undefined ? "ambiguous" : failureOf(error);
}

/** Of a failure that is not final: only a call that may have been carried out can be one too many. */
const mayRepeat = (failure: Failure, { repeatable = true }: Call): boolean => failure !== "ambiguous" || repeatable;
