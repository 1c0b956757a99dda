import { setTimeout as sleep } from "node:timers/promises";

import { TransportError } from "../errors";
import type { CredentialsProvider } from "./credentials";
import type { Deadline } from "./deadline";
import { rateLimiterFor } from "./rateLimit";
import { type ApiResponse, sendRequest } from "./request";
import { type Failure, failureOf, retryDelayMs } from "./retry";

/** Where a client sends its requests, on whose behalf, and whom it tells when it has to wait. */
export interface ClientOptions {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** Called before each further attempt of a call. */
  readonly onRetry?: (error: unknown) => void;
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
  { endpoint, region, credentials: provide, onRetry }: ClientOptions,
  delay: (delayMs: number) => Promise<unknown> = sleep,
): Client {
  const attempt = async ({ action, parameters, deadline }: Call): Promise<ApiResponse> => {
    const credentials = await provide();
    const limiter = rateLimiterFor(credentials.secretId, action, region);
    const takenAt = await limiter.take();
    try {
      const remainingMs = deadline.remainingMs();
      // Sent now, nobody would wait for its answer, and whether it was carried out would be in doubt.
      if (remainingMs <= 0) throw new TransportError(action, "unreachable", "its turn has not come in time");
      const timeoutMs = Math.ceil(Math.min(longestRequestMs, remainingMs));
      const request = {
        endpoint,
        service: "redis",
        version,
        region,
        action,
        parameters,
        credentials,
        timeoutMs,
      } as const;
      const response = await sendRequest(request);
      limiter.accepted();
      return response;
    } catch (error) {
      if (failureOf(error) === "throttled") limiter.refused(takenAt);
      throw error;
    } finally {
      limiter.ended();
    }
  };

  return async (call) => {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt(call);
      } catch (error) {
        const delayMs = retryDelayMs(failures, Math.random());
        if (!mayRepeat(failureOf(error), call) || delayMs >= call.deadline.remainingMs()) throw error;
        onRetry?.(error);
        await delay(delayMs);
      }
    }
  };
}

const mayRepeat = (failure: Failure, { repeatable = true }: Call): boolean =>
  failure === "throttled" || failure === "passing" || (failure === "ambiguous" && repeatable);
