import type { Verdict } from "../errors/apiErrors";
import { classify } from "../errors/classify";
import { CanceledError, TransportError, isTransportError, wasNotSent } from "../errors/errors";
import type { CredentialsProvider } from "../credentials";
import type { Clock } from "../retry/clock";
import type { Deadline } from "../retry/deadline";
import type { Wire } from "../transport/http";
import type { RateLimiters } from "./rateLimiter";
import { type ApiResponse, type RequestParameters, sendRequest } from "../transport/request";
import { StopRetrying, retry } from "../retry/retry";
import type { Redactor } from "../secrets/redactor";

/** Where a client sends its requests, with which credentials, and whom it notifies when it has to wait. */
export interface ClientOptions extends Wire {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** Redacts all secrets of the session from errors, in addition to those of each request. */
  readonly redactor: Redactor;
  /** Called after each failure that is retried, by this client or by its caller. */
  readonly onRetry?: (error: unknown, remainingMs: number) => void;
  /** Shared by all clients of one session. */
  readonly limiters: RateLimiters;
}

export interface Call {
  readonly action: string;
  /** A function is called for each attempt, for parameters that may change between attempts. */
  readonly parameters: RequestParameters | (() => RequestParameters);
  /** No attempt starts after this. */
  readonly deadline: Deadline;
  /** Whether a repetition has no further effect. @default true, as for every read */
  readonly repeatable?: boolean;
  /**
   * How long a call that keeps failing is retried, for a read that others should not have to wait for. Throttling and
   * waiting for the rate limit do not count.
   *
   * @default until the deadline
   */
  readonly patienceMs?: number;
  /** Called before each retry. Throws to end the call if the failure turns out to be permanent. */
  readonly beforeRetry?: (error: unknown) => Promise<void>;
}

/** Calls the Redis API. */
export type Client = (call: Call) => Promise<ApiResponse>;

const version = "2018-04-12";
const longestRequestMs = 30_000;
/** A slow response is not a failure, but one that never comes should not block others. */
const longestPatientRequestMs = 10_000;

/**
 * Returns a client that stays within the service's quota, and retries transient failures until the deadline.
 *
 * @see ../errors/apiErrors.ts for which failures are transient
 */
export function createClient(options: ClientOptions): Client {
  const { onRetry } = options;
  return (call) => {
    const { deadline } = call;
    const patience = new Patience(call.patienceMs, deadline.clock);
    return retry((lastError) => attempt(options, call, patience, lastError), {
      deadline,
      classify: (error) => classifyFor(call, error),
      patienceLeftMs: (verdict) => patience.leftMs(verdict),
      beforeRetry: async (error, remainingMs) => {
        const isRepeated = mayRepeat(call, error);
        if (isRepeated) await call.beforeRetry?.(error);
        // Also called if the caller repeats the call itself, once it knows whether the request was carried out.
        onRetry?.(error, remainingMs);
        if (!isRepeated) throw error;
      },
    });
  };
}

/**
 * Makes one attempt. The order of its steps:
 *
 * 1. Credentials: they decide whose quota counts, and waiting for STS must not occupy a slot. They are requested for
 *    each attempt, because a temporary key may have been renewed since.
 * 2. The rate limit: waiting for a slot can take long, so anything that may expire is created after it.
 * 3. Sign: the service refuses a signature that is more than 5 minutes old.
 * 4. Send.
 * 5. Unwrap: errors and secrets in the response are handled before any other code sees it.
 * 6. Classify: last, because the verdict lowers the rate limit here and decides about a retry above.
 *
 * {@link sendRequest} does steps 3 to 5. Calls to STS use it, too.
 */
async function attempt(
  { endpoint, region, credentials: provide, redactor, onRetry, limiters, ...wire }: ClientOptions,
  { action, parameters, deadline, patienceMs = Infinity }: Call,
  patience: Patience,
  lastError: unknown,
): Promise<ApiResponse> {
  const credentials = await provide(deadline, (error) => onRetry?.(error, deadline.remainingMs()));
  const limiter = limiters.limiterFor(credentials.firstSecretId ?? credentials.secretId, action, region);
  // After the deadline the response would be discarded, and it would be unknown whether the request was carried out.
  const takenAt = await limiter.take(() => deadline.remainingMs());
  if (takenAt === undefined) {
    if (deadline.clock.isCanceled?.()) throw new StopRetrying(new CanceledError(wasNotSent(action)));
    throw new StopRetrying(lastError ?? new TransportError(action, "unreachable", noSlot));
  }
  patience.begin(takenAt);
  const longestMs = Math.min(longestRequestMs, Math.max(longestPatientRequestMs, patienceMs));
  const timeoutMs = Math.ceil(Math.min(longestMs, deadline.remainingMs()));
  const body = typeof parameters === "function" ? parameters() : parameters;
  try {
    const response = await sendRequest(
      { endpoint, service: "redis", version, region, action, parameters: body, credentials, timeoutMs, redactor },
      wire,
    ).finally(() => limiter.ended(takenAt));
    limiter.accepted();
    return response;
  } catch (error) {
    if (classify(error).verdict === "throttled") limiter.refused(takenAt);
    throw error;
  }
}

const noSlot = "deadline exceeded while waiting for the client-side rate limit";

/** An unusable response is requested again if `patienceMs` is set: a read is harmless. */
function classifyFor({ repeatable = true, patienceMs }: Call, error: unknown): Verdict {
  const isUnusable = isTransportError(error) && error.outcome === "unusable";
  return isUnusable && repeatable && patienceMs !== undefined ? "ambiguous" : classify(error).verdict;
}

/**
 * Whether a failure that is not final may be retried here: a call that is not repeatable must not be carried out twice.
 */
const mayRepeat = ({ repeatable = true }: Call, error: unknown): boolean =>
  repeatable || classify(error).verdict !== "ambiguous";

/** Limits how long a call may keep failing, from its first failed attempt. */
class Patience {
  private attemptedAt = -Infinity;
  private failingSince: number | undefined;

  constructor(
    private readonly patienceMs = Infinity,
    private readonly clock: Clock,
  ) {}

  begin(attemptedAt: number): void {
    this.attemptedAt = attemptedAt;
  }

  /** Returns how long a failed attempt may still be retried. Throttling does not count, and restarts the time. */
  leftMs(verdict: Verdict): number {
    this.failingSince = verdict === "throttled" ? undefined : (this.failingSince ?? this.attemptedAt);
    return this.failingSince === undefined ? Infinity : this.failingSince + this.patienceMs - this.clock.elapsedMs();
  }
}
