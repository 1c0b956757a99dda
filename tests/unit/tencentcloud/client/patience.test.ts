import type { Call } from "../../../../provider/tencentcloud/client/client";
import { RateLimiters } from "../../../../provider/tencentcloud/client/rateLimiter";
import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import type { Transport } from "../../../../provider/tencentcloud/transport/http";
import { clockWith } from "../../support/clock";
import { credentialsWith } from "../../../support/credentials";
import { standaloneClient } from "../../../support/standaloneClient";

const reset = { action: "ResetPassword", parameters: { Password: "zy456987" }, repeatable: false };

describe("a call", () => {
  const patience = { patienceMs: 5000 };

  /** Calls on one clock, shared with the rate limiters, that only waits and responses advance. */
  function playFor(outcomes: readonly [answerMs: number, outcome: string][], seconds = 600) {
    let nowMs = 0;
    const sleep = (delayMs: number) => Promise.resolve(void (nowMs += delayMs));
    const clock = clockWith({ elapsedMs: () => nowMs, epochMs: () => 0, sleep });
    const timeouts: number[] = [];
    const transport: Transport = (action, { timeoutMs }) => {
      const [answerMs, outcome] = outcomes[Math.min(timeouts.length, outcomes.length - 1)] as [number, string];
      timeouts.push(timeoutMs);
      nowMs += Math.min(answerMs, timeoutMs);
      if (outcome === "refused") return Promise.reject(new TransportError(action, outcome, "another certificate"));
      if (answerMs > timeoutMs) return Promise.reject(new TransportError(action, "lost", "timed out"));
      const content = outcome === "" ? {} : { Error: { Code: outcome, Message: "No." } };
      const body =
        outcome === "a page" ? "<html></html>" : JSON.stringify({ Response: { RequestId: "r2", ...content } });
      return Promise.resolve({ status: 200, serviceTimeMs: undefined, body });
    };
    const client = standaloneClient({
      endpoint: new URL("http://127.0.0.1:1"),
      region: "ap-guangzhou",
      credentials: () => Promise.resolve(credentialsWith({ secretId: "AKIDexample", secretKey: "theSecretKey" })),
      limiters: new RateLimiters(clock),
      clock,
      transport,
    });
    const call = (changes: Partial<Call> = patience) =>
      client({ action: "DescribeInstances", parameters: {}, deadline: deadlineIn(seconds, clock), ...changes });
    return { call, timeouts, nowMs: () => nowMs };
  }

  beforeEach(() => void jest.spyOn(Math, "random").mockReturnValue(0.9));
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    ["gets a service error", "FailedOperation.SystemError", "ApiError"],
    ["gets an unusable response", "a page", "TransportError"],
    ["finds the instance in a state that may pass", "ResourceUnavailable.InstanceStateError", "ApiError"],
  ])("gives up soon after its patience of 5 s if each attempt %s", async (_, outcome, name) => {
    const { call, nowMs, timeouts } = playFor([[100, outcome]]);
    await expect(call()).rejects.toHaveProperty("name", name);
    expect(nowMs()).toBeGreaterThanOrEqual(5000);
    expect(nowMs()).toBeLessThan(5500);
    expect(timeouts.length).toBeGreaterThan(3);
  });

  it("waits 10 s for a slow response, even with a patience of 5 s", async () => {
    const { call, nowMs, timeouts } = playFor([[60_000, ""]]);
    await expect(call()).rejects.toMatchObject({ name: "TransportError", outcome: "lost" });
    expect(timeouts).toEqual([10_000]);
    expect(nowMs()).toBe(10_000);
  });

  it("succeeds if the failure passes within its patience", async () => {
    const { call } = playFor([
      [100, "FailedOperation.SystemError"],
      [100, "a page"],
      [100, ""],
    ]);
    await expect(call()).resolves.toMatchObject({ RequestId: "r2" });
  });

  it("is not retried if the failure to connect is permanent", async () => {
    const { call, timeouts } = playFor([[0, "refused"]]);
    await expect(call()).rejects.toMatchObject({ name: "TransportError", outcome: "refused" });
    expect(timeouts).toHaveLength(1);
  });

  it("does not count throttling against its patience", async () => {
    const throttled = Array<[number, string]>(12).fill([100, "RequestLimitExceeded"]);
    const { call, nowMs } = playFor([...throttled, [100, "FailedOperation.SystemError"], [100, ""]]);
    await expect(call()).resolves.toMatchObject({ RequestId: "r2" });
    expect(nowMs()).toBeGreaterThan(30_000);
  });

  it("does not count the wait for the rate limit against its patience", async () => {
    const { call, nowMs } = playFor([[0, ""]]);
    // At 20 requests per second, the last call is sent only after more than 5 s.
    await Promise.all(Array.from({ length: 150 }, () => call()));
    expect(nowMs()).toBeGreaterThan(5000);
  });

  it("without a limit of patience is retried until the deadline, but not after an unusable response", async () => {
    const { call, nowMs } = playFor([[100, "FailedOperation.SystemError"]], 60);
    await expect(call({})).rejects.toHaveProperty("name", "ApiError");
    expect(nowMs()).toBeGreaterThan(55_000);
    const page = playFor([[100, "a page"]]);
    await expect(page.call({})).rejects.toHaveProperty("outcome", "unusable");
    expect(page.timeouts).toHaveLength(1);
  });

  it("that is a reset does not become repeatable if its patience is limited", async () => {
    const { call, timeouts } = playFor([[100, "a page"]]);
    await expect(call({ ...patience, ...reset })).rejects.toHaveProperty("outcome", "unusable");
    expect(timeouts).toHaveLength(1);
  });
});
