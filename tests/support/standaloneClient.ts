import { type Client, type ClientOptions, createClient } from "../../provider/tencentcloud/client/client";
import { systemClock } from "../../provider/tencentcloud/retry/clock";
import { RateLimiters } from "../../provider/tencentcloud/client/rateLimiter";
import { Redactor } from "../../provider/tencentcloud/secrets/redactor";
import { createHttpTransport } from "../../provider/tencentcloud/transport/http";

type Shared = "clock" | "limiters" | "redactor" | "transport";

/** Returns a client outside of any session, which shares nothing with other clients. */
export const standaloneClient = (options: Omit<ClientOptions, Shared> & Partial<Pick<ClientOptions, Shared>>): Client =>
  createClient({
    clock: systemClock,
    limiters: new RateLimiters(options.clock ?? systemClock),
    redactor: new Redactor(),
    transport: createHttpTransport((name) => process.env[name]),
    ...options,
  });
