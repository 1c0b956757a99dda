import { rememberCredentials } from "../../../../provider/tencentcloud/credentials";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { CredentialsError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";
import type { Credentials } from "../../../../provider/tencentcloud/transport/signature";
import { credentialsWith } from "../../../support/credentials";
import { clockWith } from "../../support/clock";
import { catchError } from "../../support/failure";
import { brokenBy, lost, refusedFor, remember, startMs } from "../../support/rememberedCredentials";

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

it.each([
  ["it is throttled", refusedFor("RequestLimitExceeded.UinLimitExceeded")],
  ["the service has an internal error", refusedFor("InternalError.DbError")],
  ["the service is unavailable", refusedFor("ServiceUnavailable")],
  ["the connection is refused", brokenBy(new TransportError("AssumeRole", "unreachable", "connect ECONNREFUSED"))],
  ["the response is lost", lost],
])("a request for credentials is retried if %s", async (_, failure) => {
  jest.spyOn(Math, "random").mockReturnValue(0.5);
  const { provide, asked, delays, told } = remember(failure, failure, failure, {});
  await expect(provide()).resolves.toHaveProperty("secretId", "id4");
  expect(asked()).toBe(4);
  expect(delays).toEqual([0, 1, 2].map((attempt) => retryDelayMs(attempt, 0.5)));
  expect(told).toEqual([failure, failure, failure]);
});

it.each([
  ["permission is denied", refusedFor("UnauthorizedOperation")],
  ["the key is invalid", refusedFor("AuthFailure.SecretIdNotFound")],
  ["the response is a page instead of JSON", brokenBy(new TransportError("AssumeRole", "unusable", "no JSON"))],
  ["the certificate is not trusted", brokenBy(new TransportError("AssumeRole", "refused", "self-signed"))],
  ["there is no source of credentials", new CredentialsError("No Tencent Cloud credentials")],
])("a request for credentials is not retried if %s", async (_, failure) => {
  const { provide, asked, told } = remember(failure, {});
  expect(await catchError(provide)).toBe(failure);
  expect(asked()).toBe(1);
  expect(told).toEqual([]);
});

describe("the deadline", () => {
  it("ends the retries with the last failure; pauses leave half of the remaining time", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.999);
    const { provide, delays, clock } = remember(lost);
    expect(await catchError(() => provide(5))).toBe(lost);
    expect(delays.slice(0, 2)).toEqual([0, 1].map((attempt) => retryDelayMs(attempt, 0.999)));
    expect(clock.now - startMs).toBeGreaterThan(4500);
    expect(clock.now - startMs).toBeLessThanOrEqual(5000);
    expect(delays.length).toBeLessThan(10);
  });

  it("that is last limits all attempts", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.999);
    const { provide, clock, asked } = remember(...Array<Error>(9).fill(lost), {});
    const [, long] = await Promise.allSettled([provide(2), provide(600)]);
    expect(long).toMatchObject({ status: "fulfilled", value: { secretId: "id10" } });
    expect(clock.now - startMs).toBeGreaterThan(2000);
    expect(asked()).toBe(10);
  });

  it("that is next is left half of its remaining time by each pause", async () => {
    jest.spyOn(Math, "random").mockReturnValue(0.999);
    const { provide, delays } = remember(lost, lost, {});
    await Promise.all([provide(1.2), provide(600)]);
    expect(delays).toEqual([499.5, (1200 - 499.5) / 2]);
  });

  it("that has passed does not keep the retries running", async () => {
    const { provide, asked } = remember(lost, {});
    expect(await catchError(() => provide(0))).toBe(lost);
    expect(asked()).toBe(1);
  });

  it.each<[string, Error | undefined, unknown]>([
    ["the last failure", lost, lost],
    [
      "an error of its own if nothing has failed",
      undefined,
      new CredentialsError(
        "Timed out waiting for Tencent Cloud credentials: STS or the metadata service did not answer",
      ),
    ],
  ])("that passes first ends one wait with %s, while the others continue", async (_, before, expected) => {
    jest.useFakeTimers();
    const credentials = credentialsWith({ secretId: "id", secretKey: "k" });
    let finish: (credentials: Credentials) => void = () => {};
    const slow = new Promise<Credentials>((resolve) => (finish = resolve));
    const ask = jest.fn(() => slow);
    if (before) ask.mockRejectedValueOnce(before);
    const provide = rememberCredentials(ask, clockWith({ sleep: () => Promise.resolve() }));
    const ends: string[] = [];
    const waitFor = (seconds: number) =>
      provide(deadlineIn(seconds, systemClock)).finally(() =>
        ends.push(`${seconds} s, after ${performance.now() - start} ms`),
      );
    const start = performance.now();
    const short = catchError(() => waitFor(3));
    const long = waitFor(60);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await short).toEqual(expected);
    finish(credentials);
    expect(await long).toMatchObject(credentials);
    expect(ends).toEqual(["3 s, after 3000 ms", "60 s, after 10000 ms"]);
    expect(ask).toHaveBeenCalledTimes(before ? 2 : 1);
    // A timer would keep the process running.
    expect(jest.getTimerCount()).toBe(0);
  });

  it("that a cancellation ends is reported as one, whatever has failed before", async () => {
    const ring: (() => void)[] = [];
    const clock = clockWith({ isCanceled: () => true, alarm: (_, late) => (ring.push(late), () => undefined) });
    const provide = rememberCredentials(() => new Promise(() => {}), clock);
    const error = catchError(() => provide(deadlineIn(60, clock)));
    for (const late of ring) late();
    expect(await error).toMatchObject({
      name: "CanceledError",
      message: "The request was not sent: the run was canceled",
    });
  });

  it("stops the reports of retries for a caller whose deadline has passed", async () => {
    const clock = { now: 0 };
    const told: string[] = [];
    const ask = jest.fn<Promise<Credentials>, []>().mockRejectedValue(lost);
    const provide = rememberCredentials(
      ask,
      clockWith({ sleep: (delayMs) => ((clock.now += delayMs), Promise.resolve()) }),
    );
    const wait = (name: string, seconds: number) =>
      catchError(() =>
        provide(deadlineIn(seconds, clockWith({ elapsedMs: () => clock.now })), () =>
          told.push(`${name}, ${clock.now < 2000 ? "before" : "after"}`),
        ),
      );
    await Promise.all([wait("short", 2), wait("long", 60)]);
    expect(new Set(told)).toEqual(new Set(["short, before", "long, before", "long, after"]));
  });
});
