import { TransportError } from "../errors";
import type { Credentials, CredentialsProvider } from "./credentials";
import { type Deadline, lastAttemptMs } from "./deadline";
import type { Wire } from "./http";
import { RateLimiters } from "./rateLimit";
import { type ApiResponse, sendRequest } from "./request";
import { type Failure, failureOf, retryDelayMs } from "./retry";

/** Where a client sends its requests, on whose behalf, and whom it tells when it has to wait. */
export interface ClientOptions extends Wire {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** What no error may repeat, beside what each request itself holds. */
  readonly secrets?: readonly string[];
  /** Called after each failure that does not end the matter: this client tries again, or its caller does. */
  readonly onRetry?: (error: unknown) => void;
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
}

/** Calls the Redis API. */
export type Client = (call: Call) => Promise<ApiResponse>;

const version = "2018-04-12";
const longestRequestMs = 30_000;

/**
 * A client that keeps to the service's quota, and goes on until the deadline while a failure is one that passes.
 *
 * @see ./retry.ts for what passes
 */
export function createClient(
  { endpoint, region, credentials: provide, secrets, onRetry, limiters = new RateLimiters(), ...wire }: ClientOptions,
  delay?: (delayMs: number) => Promise<unknown>,
): Client {
  const attempt = ({ action, parameters, deadline }: Call, credentials: Credentials): Promise<ApiResponse> => {
    const timeoutMs = Math.ceil(Math.min(longestRequestMs, deadline.remainingMs()));
    return sendRequest(
      { endpoint, service: "redis", version, region, action, parameters, credentials, timeoutMs, secrets },
      wire,
    );
  };

  return async (call) => {
    const { action, deadline } = call;
    let lastError: unknown = new TransportError(action, "unreachable", "its turn has not come in time");
    for (let failures = 0; ; failures++) {
      const credentials = await provide(deadline, onRetry);
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
        const failure = failureOf(error);
        if (failure === "throttled") limiter.refused(takenAt);
        const remainingMs = deadline.remainingMs();
        if (failure === "final" || remainingMs < lastAttemptMs) throw error;
        onRetry?.(error);
        if (!mayRepeat(failure, call)) throw error;
        // The pause leaves time for another attempt: what passes may pass at the very end.
        const delayMs = Math.min(retryDelayMs(failures, Math.random()), remainingMs / 2);
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

/** Of a failure that is not final: only a call that may have been carried out can be one too many. */
const mayRepeat = (failure: Failure, { repeatable = true }: Call): boolean => failure !== "ambiguous" || repeatable;
