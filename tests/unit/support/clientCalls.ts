import type { Call, ClientOptions } from "../../../provider/tencentcloud/client/client";
import { RateLimiters } from "../../../provider/tencentcloud/client/rateLimiter";
import type { Clock } from "../../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import { credentialsWith } from "../../support/credentials";
import { clockWith, createSleepClock } from "./clock";
import "./errorsOfNode";
import { type Respond, answer, useHttpServer } from "./httpServer";
import { standaloneClient } from "../../support/standaloneClient";

export const refuse = (code: string): Respond => answer({ Error: { Code: code, Message: "No." }, RequestId: "r1" });
export const succeed = answer({ RequestId: "r2" });
export const reset = { action: "ResetPassword", parameters: { Password: "zy456987" }, repeatable: false };

/** Provides calls of a client, and a server with scripted responses, in all tests of a file. */
export function useClientCalls() {
  const server = useHttpServer();
  /** Shared by the clients of a test, as in a session. */
  let limiters: RateLimiters;
  let clock: Clock;
  beforeEach(() => {
    clock = createSleepClock();
    limiters = new RateLimiters(clock);
  });

  /** Makes a call on a clock that only waiting advances. The last response is repeated forever. */
  function play(
    responses: Respond[],
    changes: Partial<Call> = {},
    options: Partial<ClientOptions> = {},
    seconds = 600,
  ) {
    const script = [...responses];
    server.respond = (response, request) => (script.length > 1 ? script.shift() : script[0])?.(response, request);
    let nowMs = 0;
    const delays: number[] = [];
    const told: unknown[] = [];
    const client = standaloneClient({
      endpoint: server.url,
      region: "ap-guangzhou",
      credentials: () => Promise.resolve(credentialsWith({ secretId: "AKIDexample", secretKey: "theSecretKey" })),
      onRetry: (error) => told.push(error),
      limiters,
      ...options,
    });
    const sleep = (delayMs: number) => {
      delays.push(delayMs);
      nowMs += delayMs;
      return Promise.resolve();
    };
    const deadline = deadlineIn(seconds, clockWith({ elapsedMs: () => nowMs, sleep }));
    const end = client({ action: "DescribeInstances", parameters: {}, deadline, ...changes });
    return { end, delays, told };
  }

  return { server, play, limiterClock: () => clock };
}
