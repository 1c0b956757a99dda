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

/** Where a client sends its requests, on whose behalf, and whom it tells when it has to wait. */
export interface ClientOptions extends Wire {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** Knows what no error may repeat, beside what each request itself holds. */
  readonly redactor: Redactor;
  /** Called after each failure that does not end the matter: this client tries again, or its caller does. */
  readonly onRetry?: (error: unknown, remainingMs: number) => void;
  /** Shared by all clients of one session. */
  readonly limiters: RateLimiters;
}

export interface Call {
  readonly action: string;
  /** A function makes those of each attempt, where they may change between attempts. */
  readonly parameters: RequestParameters | (() => RequestParameters);
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
 * Returns a client that keeps to the service's quota, and retries until the deadline what may pass.
 *
 * @see ../errors/apiErrors.ts for what may pass
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
      onRetry: async (error, remainingMs) => {
        const isRepeated = mayRepeat(call, error);
        if (isRepeated) await call.beforeRetry?.(error);
        // Also where the caller repeats the call itself, after a look at what became of it.
        onRetry?.(error, remainingMs);
        if (!isRepeated) throw error;
      },
    });
  };
}

/**
 * Makes one attempt. The order of its steps:
 *
 * 1. Credentials: they decide whose quota counts, and waiting for STS must not occupy a slot. They are looked up for
 *    each attempt, because a temporary key may have been renewed since.
 * 2. The rate limit: waiting for a slot can take long, so nothing that ages is made before it.
 * 3. Sign: the service refuses a signature that is more than 5 minutes old.
 * 4. Send.
 * 5. Unwrap: errors and secrets in the answer are dealt with before anything else sees it.
 * 6. Classify: last, because the verdict slows down the rate limit here and decides about another attempt above.
 *
 * Steps 3 to 5 are {@link sendRequest}, which STS is called with as well.
 */
async function attempt(
  { endpoint, region, credentials: provide, redactor, onRetry, limiters, ...wire }: ClientOptions,
  { action, parameters, deadline, patienceMs = Infinity }: Call,
  patience: Patience,
  lastError: unknown,
): Promise<ApiResponse> {
  const credentials = await provide(deadline, (error) => onRetry?.(error, deadline.remainingMs()));
  const limiter = limiters.limiterFor(credentials.firstSecretId ?? credentials.secretId, action, region);
  // After the deadline nobody would wait for the answer, and whether the request was carried out would be in doubt.
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

/** An answer that cannot be used is asked for again where somebody has the patience: reading is harmless. */
function classifyFor({ repeatable = true, patienceMs }: Call, error: unknown): Verdict {
  const isUnusable = isTransportError(error) && error.outcome === "unusable";
  return isUnusable && repeatable && patienceMs !== undefined ? "ambiguous" : classify(error).verdict;
}

/** Of a failure that is not final: only a call that may have been carried out can be one too many. */
const mayRepeat = ({ repeatable = true }: Call, error: unknown): boolean =>
  repeatable || classify(error).verdict !== "ambiguous";

/** How long a call may go on failing, from the first attempt that failed. */
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

  /** Returns how long a failed attempt may still be retried. Throttling does not count, and begins the time again. */
  leftMs(verdict: Verdict): number {
    this.failingSince = verdict === "throttled" ? undefined : (this.failingSince ?? this.attemptedAt);
    return this.failingSince === undefined ? Infinity : this.failingSince + this.patienceMs - this.clock.elapsedMs();
  }
}
