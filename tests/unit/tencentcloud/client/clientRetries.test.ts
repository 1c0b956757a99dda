import type { Call } from "../../../../provider/tencentcloud/client/client";
import { retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";
import { credentialsWith } from "../../../support/credentials";
import { refuse, reset, succeed, useClientCalls } from "../../support/clientCalls";
import { type Respond, closedUrl, loseAnswer, respondWith } from "../../support/httpServer";

const { server, play } = useClientCalls();

afterEach(() => jest.restoreAllMocks());

const status503 = respondWith(503);
const page = respondWith(200, {}, "<html></html>");

describe("a call that can be retried", () => {
  it.each<[string, Respond, Partial<Call>]>([
    ["it is throttled", refuse("RequestLimitExceeded"), reset],
    ["it is throttled by the limit of the account", refuse("RequestLimitExceeded.UinLimitExceeded"), reset],
    ["the instance is locked", refuse("ResourceInUse.InstanceBeenLocked"), reset],
    ["another change of the instance is in progress", refuse("ResourceUnavailable.InstanceUnLockedError"), reset],
    ["the instance is in a transient state", refuse("ResourceUnavailable.InstanceStatusAbnormal"), reset],
    ["the response to a read was lost", loseAnswer, {}],
    ["a read gets HTTP status 503", status503, {}],
    ["a read gets an internal error", refuse("InternalError"), {}],
  ])("is retried until it succeeds if %s", async (_, failure, call) => {
    const { end, delays, told } = play([failure, failure, failure, succeed], call);
    await expect(end).resolves.toMatchObject({ RequestId: "r2" });
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1);
    expect(server.received).toHaveLength(4);
    expect(delays).toHaveLength(3);
    expect(told).toHaveLength(3);
  });

  it("is retried until the deadline if the connection is refused", async () => {
    const { end, told } = play([succeed], reset, { endpoint: closedUrl }, 60);
    await expect(end).rejects.toMatchObject({ name: "TransportError", outcome: "unreachable" });
    expect(told.length).toBeGreaterThan(1);
  });
});

it.each<[string, Respond, Partial<Call>, string]>([
  ["a call with an invalid signature", refuse("AuthFailure.SignatureFailure"), {}, "ApiError"],
  ["a call with an expired signature", refuse("AuthFailure.SignatureExpire"), {}, "ApiError"],
  ["a call with an invalid parameter", refuse("InvalidParameter"), {}, "ApiError"],
  ["a call that gets an HTML page instead of JSON", page, {}, "TransportError"],
  ["a reset whose response was lost", loseAnswer, reset, "TransportError"],
  ["a reset that gets HTTP status 503", status503, reset, "TransportError"],
  ["a reset that gets an internal error", refuse("InternalError"), reset, "ApiError"],
])("the client does not retry %s", async (_, failure, call, name) => {
  const { end, delays, told } = play([failure, succeed], call);
  await expect(end).rejects.toHaveProperty("name", name);
  expect(server.received).toHaveLength(1);
  expect(delays).toEqual([]);
  // Reported, because the caller of a reset may retry it.
  expect(told).toHaveLength(call === reset ? 1 : 0);
});

describe("between attempts", () => {
  it("the pause is random within the limits of the retry table", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.25);
    const { end, delays } = play([...Array<Respond>(8).fill(refuse("RequestLimitExceeded")), succeed]);
    await end;
    expect(delays).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, 0.25)));
  });

  it("each error that causes a retry is reported", async () => {
    const { end, told } = play([refuse("RequestLimitExceeded"), loseAnswer, succeed]);
    await end;
    expect(told).toMatchObject([{ code: "RequestLimitExceeded" }, { name: "TransportError", outcome: "lost" }]);
  });

  it("the credentials are requested again, because they may have expired", async () => {
    let renewals = 0;
    const credentials = () => Promise.resolve(credentialsWith({ secretId: `AKIDv${++renewals}`, secretKey: "k" }));
    const { end } = play([refuse("RequestLimitExceeded"), succeed], {}, { credentials });
    await end;
    const ids = server.received.map(({ headers }) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1]);
    expect(ids).toEqual(["AKIDv1", "AKIDv2"]);
  });
});

describe("retries end", () => {
  it("with the last error, if no time is left for another attempt; pauses leave half of the remaining time", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.999);
    const { end, delays } = play([refuse("RequestLimitExceeded")], {}, {}, 5);
    await expect(end).rejects.toHaveProperty("code", "RequestLimitExceeded");
    expect(delays.slice(0, 2)).toEqual([0, 1].map((attempt) => retryDelayMs(attempt, 0.999)));
    const waitedMs = delays.reduce((sum, delayMs) => sum + delayMs);
    expect(waitedMs).toBeGreaterThan(4500);
    expect(waitedMs).toBeLessThan(5000);
    expect(delays.length).toBeLessThan(10);
  });

  it("if there are no credentials, and nothing is sent", async () => {
    const none = new Error("No credentials.");
    const { end } = play([succeed], {}, { credentials: () => Promise.reject(none) });
    await expect(end).rejects.toBe(none);
    expect(server.received).toEqual([]);
  });

  it("if a response takes longer than the deadline allows", async () => {
    const { end } = play([() => {}], {}, {}, 0.05);
    await expect(end).rejects.toMatchObject({ name: "TransportError", outcome: "lost" });
    expect(server.received.length).toBeLessThanOrEqual(3);
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
    expect(server.received).toHaveLength(1);
  });

  it("but not after a failure that may be a success, after which the client sends nothing again", async () => {
    const beforeRetry = jest.fn<Promise<void>, [unknown]>(() => Promise.reject(new Error("isolated")));
    const { end } = play([refuse("InternalError"), succeed], { ...reset, beforeRetry });
    await expect(end).rejects.toHaveProperty("code", "InternalError");
    expect(beforeRetry).not.toHaveBeenCalled();
  });

  it("but not if there is no other attempt", async () => {
    const beforeRetry = jest.fn<Promise<void>, [unknown]>();
    await expect(play([refuse("InvalidParameter")], { ...reset, beforeRetry }).end).rejects.toThrow("No.");
    expect(beforeRetry).not.toHaveBeenCalled();
  });
});
