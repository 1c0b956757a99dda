import { type Call, type ClientOptions, createClient } from "../../../../provider/tencentcloud/client/client";
import type { Credentials } from "../../../../provider/tencentcloud/transport/signature";
import type { CredentialsProvider } from "../../../../provider/tencentcloud/credentials";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { clockWith, letOnlyWaitingTakeTime } from "../../support/clock";
import { createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import { RateLimiter, RateLimiters } from "../../../../provider/tencentcloud/client/rateLimiter";
import { retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";
import "../../support/errorsOfNode";
import {
  type HttpServer,
  type Received,
  type Respond,
  answer,
  loseAnswer,
  startHttpServer,
} from "../../support/httpServer";
import { credentialsWith } from "../../../support/credentials";

let received: Received[];
let script: Respond[];
let server: HttpServer;

// For the quota, which is another test's.
letOnlyWaitingTakeTime();

/** Shared by the clients of a test, as by those of a session. */
let limiters: RateLimiters;

beforeEach(async () => {
  limiters = new RateLimiters();
  received = [];
  server = await startHttpServer((response, request) => {
    received.push(request);
    (script.length > 1 ? script.shift() : script[0])?.(response, request);
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await server.stop();
});

const refuse = (code: string): Respond => answer({ Error: { Code: code, Message: "No." }, RequestId: "r1" });
const succeed = answer({ RequestId: "r2" });
const status503: Respond = (response) => response.writeHead(503).end();
const page: Respond = (response) => response.end("<html></html>");

/** Calls on a clock that only waiting moves. */
function play(responses: Respond[], changes: Partial<Call> = {}, options: Partial<ClientOptions> = {}, seconds = 600) {
  script = [...responses];
  let nowMs = 0;
  const delays: number[] = [];
  const told: unknown[] = [];
  const client = createClient({
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
  const deadline = deadlineIn(seconds, clockWith({ now: () => nowMs, sleep }));
  const end = client({ action: "DescribeInstances", parameters: {}, deadline, ...changes });
  return { end, delays, told };
}

const reset = { action: "ResetPassword", parameters: { Password: "zy456987" }, repeatable: false };

it("a call is one of the API's documented version", async () => {
  await play([succeed]).end;
  expect(received[0]?.headers).toMatchObject({ "x-tc-action": "DescribeInstances", "x-tc-version": "2018-04-12" });
});

describe("a call that can be tried again is, until it succeeds", () => {
  it.each<[string, Respond, Partial<Call>]>([
    ["throttled", refuse("RequestLimitExceeded"), reset],
    ["throttled by another limit", refuse("RequestLimitExceeded.UinLimitExceeded"), reset],
    ["the instance is locked", refuse("ResourceInUse.InstanceBeenLocked"), reset],
    ["another change of the instance is under way", refuse("ResourceUnavailable.InstanceUnLockedError"), reset],
    ["the instance is in a passing state", refuse("ResourceUnavailable.InstanceStatusAbnormal"), reset],
    ["the answer to a question was lost", loseAnswer, {}],
    ["a question met HTTP status 503", status503, {}],
    ["a question met an error of the service", refuse("InternalError"), {}],
  ])("%s", async (_, failure, call) => {
    const { end, delays, told } = play([failure, failure, failure, succeed], call);
    await expect(end).resolves.toMatchObject({ RequestId: "r2" });
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(received).toHaveLength(4);
    expect(delays).toHaveLength(3);
    expect(told).toHaveLength(3);
  });

  it("nobody listens, until the deadline", async () => {
    const { url } = await startHttpServer(() => {}).then(async (gone) => (await gone.stop(), gone));
    const { end, told } = play([succeed], reset, { endpoint: url }, 60);
    await expect(end).rejects.toMatchObject({ name: "TransportError", outcome: "unreachable" });
    expect(told.length).toBeGreaterThan(1);
  });
});

describe("a call that would end the same way, or might be done twice, is sent once", () => {
  it.each<[string, Respond, Partial<Call>, string]>([
    ["a wrong key", refuse("AuthFailure.SignatureFailure"), {}, "ApiError"],
    ["a clock that is off", refuse("AuthFailure.SignatureExpire"), {}, "ApiError"],
    ["a wrong parameter", refuse("InvalidParameter"), {}, "ApiError"],
    ["a page in place of an answer", page, {}, "TransportError"],
    ["a reset whose answer was lost", loseAnswer, reset, "TransportError"],
    ["a reset that met HTTP status 503", status503, reset, "TransportError"],
    ["a reset that met an error of the service", refuse("InternalError"), reset, "ApiError"],
  ])("%s", async (_, failure, call, name) => {
    const { end, delays, told } = play([failure, succeed], call);
    await expect(end).rejects.toHaveProperty("name", name);
    expect(received).toHaveLength(1);
    expect(delays).toEqual([]);
    // The caller of a reset tries again by itself, and that is told too.
    expect(told).toHaveLength(call === reset ? 1 : 0);
  });
});

describe("between attempts", () => {
  it("the wait is that of the retry table, at random", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.25);
    const { end, delays } = play([...Array<Respond>(8).fill(refuse("RequestLimitExceeded")), succeed]);
    await end;
    expect(delays).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, 0.25)));
  });

  it("the error is told that made another attempt necessary", async () => {
    const { end, told } = play([refuse("RequestLimitExceeded"), loseAnswer, succeed]);
    await end;
    expect(told).toMatchObject([{ code: "RequestLimitExceeded" }, { name: "TransportError", outcome: "lost" }]);
  });

  it("the credentials are asked for anew: they may have ended meanwhile", async () => {
    let renewals = 0;
    const credentials = () => Promise.resolve(credentialsWith({ secretId: `AKIDv${++renewals}`, secretKey: "k" }));
    const { end } = play([refuse("RequestLimitExceeded"), succeed], {}, { credentials });
    await end;
    const ids = received.map(({ headers }) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1]);
    expect(ids).toEqual(["AKIDv1", "AKIDv2"]);
  });
});

it("whoever provides the credentials is told until when, and tells of its own failures", async () => {
  const failure = new Error("STS is away");
  const credentials = jest.fn<Promise<Credentials>, Parameters<CredentialsProvider>>((_, onRetry) => {
    onRetry?.(failure);
    return Promise.resolve(credentialsWith({ secretId: "AKIDexample", secretKey: "k" }));
  });
  const deadline = deadlineIn(60);
  const { end, told } = play([succeed], { deadline }, { credentials });
  await end;
  expect(credentials.mock.calls.map(([until]) => until)).toEqual([deadline]);
  expect(told).toEqual([failure]);
});

describe("attempts end", () => {
  it("with the last error, when no time is left for another one; pauses leave half of what is left", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.999);
    const { end, delays } = play([refuse("RequestLimitExceeded")], {}, {}, 5);
    await expect(end).rejects.toHaveProperty("code", "RequestLimitExceeded");
    expect(delays.slice(0, 2)).toEqual([0, 1].map((attempt) => retryDelayMs(attempt, 0.999)));
    const waitedMs = delays.reduce((sum, delayMs) => sum + delayMs);
    expect(waitedMs).toBeGreaterThan(4500);
    expect(waitedMs).toBeLessThan(5000);
    expect(delays.length).toBeLessThan(10);
  });

  it("where there are no credentials, with nothing sent", async () => {
    const none = new Error("No credentials.");
    const { end } = play([succeed], {}, { credentials: () => Promise.reject(none) });
    await expect(end).rejects.toBe(none);
    expect(received).toEqual([]);
  });

  it("where an answer takes longer than the deadline allows", async () => {
    const { end } = play([() => {}], {}, {}, 0.05);
    await expect(end).rejects.toMatchObject({ name: "TransportError", outcome: "lost" });
    expect(received.length).toBeLessThanOrEqual(3);
  });
});

describe("before another attempt, the caller is asked", () => {
  it("each time, with the failure", async () => {
    const beforeRetry = jest.fn<Promise<void>, [unknown]>(() => Promise.resolve());
    const locked = refuse("ResourceInUse.InstanceBeenLocked");
    await play([locked, refuse("RequestLimitExceeded"), succeed], { ...reset, beforeRetry }).end;
    expect(beforeRetry.mock.calls).toMatchObject([
      [{ code: "ResourceInUse.InstanceBeenLocked" }],
      [{ code: "RequestLimitExceeded" }],
    ]);
  });

  it("and may end the call", async () => {
    const isolated = new Error("isolated");
    const beforeRetry = () => Promise.reject(isolated);
    await expect(play([refuse("ResourceInUse"), succeed], { ...reset, beforeRetry }).end).rejects.toBe(isolated);
    expect(received).toHaveLength(1);
  });

  it("but not where there is none", async () => {
    const beforeRetry = jest.fn<Promise<void>, [unknown]>();
    await expect(play([refuse("InvalidParameter")], { ...reset, beforeRetry }).end).rejects.toThrow("No.");
    expect(beforeRetry).not.toHaveBeenCalled();
  });
});

describe("the quota", () => {
  it.each<[string, Respond[], number, number]>([
    ["is told of what the service takes", [succeed], 0, 1],
    ["is told of what the service refuses for its sake", [refuse("RequestLimitExceeded"), succeed], 1, 1],
    ["has nothing to do with other refusals", [refuse("ResourceInUse.InstanceBeenLocked"), succeed], 0, 1],
    ["has nothing to do with lost answers", [loseAnswer, succeed], 0, 1],
  ])("%s", async (_, responses, refusals, acceptances) => {
    const refused = jest.spyOn(RateLimiter.prototype, "refused");
    const accepted = jest.spyOn(RateLimiter.prototype, "accepted");
    const start = performance.now();
    await play(responses).end;
    expect(accepted).toHaveBeenCalledTimes(acceptances);
    expect(refused).toHaveBeenCalledTimes(refusals);
    for (const [takenAt] of refused.mock.calls) expect(takenAt).toBeGreaterThanOrEqual(start);
  });
});

describe("the quota of a session", () => {
  /** Gives these keys in turn, the last for ever, each as a renewal of the first. */
  function provideInTurn(...secretIds: string[]): CredentialsProvider {
    const [firstSecretId = ""] = secretIds;
    return () => {
      const secretId = (secretIds.length > 1 ? secretIds.shift() : secretIds[0]) as string;
      return Promise.resolve({ ...credentialsWith({ secretId, secretKey: "theSecretKey" }), firstSecretId });
    };
  }

  const twice = <T>(value: T): [T, T] => [value, value];

  /** Uses up what is given to one, and a little of what is given to the other. */
  async function resetBy(one: CredentialsProvider, other: CredentialsProvider) {
    await play([succeed], reset, { credentials: one }).end;
    await Promise.all(Array.from({ length: 19 }, () => play([succeed], reset, { credentials: one }).end));
    await play([succeed], { ...reset, deadline: deadlineIn(0.5) }, { credentials: other }).end;
  }

  it.each<[string, (id: string) => [CredentialsProvider, CredentialsProvider]]>([
    ["whose key is renewed", (id) => twice(provideInTurn(`${id}a`, `${id}b`))],
    ["whose key two sources give", (id) => [provideInTurn(id), provideInTurn(id)]],
  ])("is one for an account %s", async (_, providers) => {
    const end = resetBy(...providers("AKIDexample"));
    await expect(end).rejects.toHaveProperty(
      "reason",
      "deadline exceeded while waiting for the client-side rate limit",
    );
    expect(received).toHaveLength(20);
  });

  it("is another one for another account", async () => {
    await resetBy(provideInTurn("AKIDexampleA"), provideInTurn("AKIDexampleB"));
    expect(received).toHaveLength(21);
  });
});

it("no more than 30 s are given to one attempt", async () => {
  const transport = jest.fn(createHttpTransport());
  await play([succeed], {}, { transport }, 600).end;
  await play([succeed], {}, { transport }, 7.5).end;
  expect(transport.mock.calls.map(([, { timeoutMs }]) => timeoutMs)).toEqual([30_000, 7500]);
});

it("what has not had its turn at the deadline is not sent any more", async () => {
  await Promise.all(Array.from({ length: 20 }, () => play([succeed], reset).end));
  const { end } = play([succeed], { ...reset, deadline: deadlineIn(0.5) });
  await expect(end).rejects.toMatchObject({
    name: "TransportError",
    outcome: "unreachable",
    message: "ResetPassword got no usable answer: deadline exceeded while waiting for the client-side rate limit",
  });
  expect(received).toHaveLength(20);
});
