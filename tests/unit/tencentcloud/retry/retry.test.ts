import { ApiError } from "../../../../provider/tencentcloud/errors/errors";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { type RetryOptions, StopRetrying, retry, retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";
import { clockWith } from "../../support/clock";
import { classify } from "../../../../provider/tencentcloud/errors/classify";

const throttled = new ApiError("DescribeInstances", "RequestLimitExceeded", "r1", "No.");
const locked = new ApiError("DescribeInstances", "ResourceInUse", "r1", "No.");
const unsure = new ApiError("DescribeInstances", "InternalError", "r1", "No.");
const refused = new ApiError("DescribeInstances", "InvalidParameter", "r1", "No.");
const isolated = new Error("isolated");

/** Retries an operation with these outcomes, the last one forever, on a clock that only sleeping advances. */
async function run(outcomes: unknown[], options: Partial<RetryOptions> = {}, seconds = 600) {
  let nowMs = 0;
  const delays: number[] = [];
  const given: unknown[] = [];
  const sleep = (delayMs: number) => {
    delays.push(delayMs);
    nowMs += delayMs;
    return Promise.resolve();
  };
  const operation = (lastError?: unknown) => {
    const outcome = outcomes[Math.min(given.length, outcomes.length - 1)];
    given.push(lastError);
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  const deadline = deadlineIn(seconds, clockWith({ elapsedMs: () => nowMs, sleep }));
  const end = retry(operation, { deadline, classify: (error) => classify(error).verdict, ...options });
  const [result] = await Promise.allSettled([end]);
  return { result, given, delays, nowMs };
}

const success = { status: "fulfilled", value: "done" };
const failure = (reason: unknown) => ({ status: "rejected", reason });

let random: jest.SpyInstance<number, []>;
beforeEach(() => void (random = jest.spyOn(Math, "random").mockReturnValue(0.5)));
afterEach(() => random.mockRestore());

it.each<[string, unknown[], Partial<RetryOptions>, object, number]>([
  ["once when it succeeds", ["done"], {}, success, 1],
  ["again while it is throttled", [throttled, throttled, "done"], {}, success, 3],
  ["again after a transient failure", [locked, "done"], {}, success, 2],
  ["again after an ambiguous failure", [unsure, "done"], {}, success, 2],
  ["once when its failure is final", [refused, "done"], {}, failure(refused), 1],
  ["until a failure is final", [locked, refused, "done"], {}, failure(refused), 2],
  [
    "again if its caller classifies the failure as transient",
    [isolated, "done"],
    { classify: () => "transient" },
    success,
    2,
  ],
  ["once if its caller has no patience left", [locked, "done"], { patienceLeftMs: () => 0 }, failure(locked), 1],
  ["until it stops the retries itself", [locked, new StopRetrying(isolated), "done"], {}, failure(isolated), 2],
  [
    "until a check before a retry fails",
    [locked, "done"],
    { beforeRetry: () => Promise.reject(isolated) },
    failure(isolated),
    1,
  ],
])("an operation is attempted %s", async (_, outcomes, options, expected, attempts) => {
  const { result, given } = await run(outcomes, options);
  expect(result).toEqual(expected);
  expect(given).toHaveLength(attempts);
});

it("each attempt gets the failure of the previous one", async () => {
  const { given } = await run([throttled, locked, "done"]);
  expect(given).toEqual([undefined, throttled, locked]);
});

describe("pauses", () => {
  const untilDone = [...Array<Error>(8).fill(throttled), "done"];

  it("grow with full jitter", async () => {
    const { delays } = await run(untilDone);
    expect(delays).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelayMs(attempt, 0.5)));
  });

  it("take at most half of the remaining time", async () => {
    random.mockReturnValue(0.999);
    const { delays } = await run([throttled], {}, 3);
    expect(delays.slice(0, 3)).toEqual([499.5, 999, (3000 - 499.5 - 999) / 2]);
  });

  it("take no longer than the caller's patience", async () => {
    const { delays } = await run(untilDone, { patienceLeftMs: () => 700 });
    expect(delays.slice(0, 4)).toEqual([250, 500, 700, 700]);
  });
});

it("a failure with a quarter of a second left is retried", async () => {
  const { result } = await run([locked, "done"], {}, 0.25);
  expect(result).toEqual(success);
});

it("the retries end with the last failure when less than a quarter of a second is left", async () => {
  const { result, nowMs, given } = await run([locked], {}, 60);
  expect(result).toEqual(failure(locked));
  expect(nowMs).toBeGreaterThan(59_500);
  expect(nowMs).toBeLessThan(60_000);
  expect(given.length).toBeLessThan(30);
});

it.each<[string, Partial<RetryOptions>, number]>([
  ["the deadline", {}, 60_000],
  ["the end of the caller's patience", { patienceLeftMs: () => 5000 }, 5000],
])("beforeRetry gets the failure and the time left until %s", async (_, options, leftMs) => {
  const told: unknown[] = [];
  await run([throttled, "done"], { ...options, beforeRetry: (...args) => void told.push(args) }, 60);
  expect(told).toEqual([[throttled, leftMs]]);
});

it("patience may depend on the verdict", async () => {
  const patienceLeftMs = jest.fn(() => Infinity);
  await run([throttled, locked, unsure, "done"], { patienceLeftMs });
  expect(patienceLeftMs.mock.calls).toEqual([["throttled"], ["transient"], ["ambiguous"]]);
});

describe("the wait before another attempt", () => {
  it.each([
    [0, 500],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 15_000],
    [6, 15_000],
    [1000, 15_000],
    [1_000_000, 15_000],
  ])("after failure %d takes from 0 to %d ms", (attempt, longestMs) => {
    expect(retryDelayMs(attempt, 0)).toBe(0);
    expect(retryDelayMs(attempt, 0.5)).toBe(longestMs / 2);
    expect(retryDelayMs(attempt, 1 - 2 ** -53)).toBeCloseTo(longestMs, 3);
    expect(retryDelayMs(attempt, 1 - 2 ** -53)).toBeLessThanOrEqual(longestMs);
  });
});
