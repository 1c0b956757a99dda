import { deadlineIn, within } from "../../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { clockWith } from "../../support/clock";

it.each([
  ["at its beginning", 0, 2500],
  ["before it passes", 1000, 1500],
  ["when it passes", 2500, 0],
  ["after it has passed", 9999, 0],
])("the remaining time of a deadline is computed %s", (_, passedMs, remainingMs) => {
  let nowMs = 1_000_000;
  const deadline = deadlineIn(2.5, clockWith({ elapsedMs: () => nowMs }));
  nowMs += passedMs;
  expect(deadline.remainingMs()).toBe(remainingMs);
  expect(deadline.seconds).toBe(2.5);
});

it("a deadline uses a clock that is never set back", () => {
  const now = jest.spyOn(performance, "now").mockReturnValue(5);
  const deadline = deadlineIn(1, systemClock);
  now.mockReturnValue(605);
  expect(deadline.remainingMs()).toBe(400);
  now.mockRestore();
});

describe("a wait until a deadline", () => {
  const after = (delayMs: number, end: () => string) =>
    new Promise<void>((resolve) => void setTimeout(resolve, delayMs)).then(end);
  const fail = (): never => {
    throw new Error("it failed");
  };
  const late = () => new Error("it was late");

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each<[string, () => Promise<string>, number, object]>([
    ["resolves immediately if the result is ready", () => Promise.resolve("it"), 0, { value: "it" }],
    ["resolves when the result comes before the deadline", () => after(999, () => "it"), 999, { value: "it" }],
    [
      "rejects when the failure comes before the deadline",
      () => after(999, fail),
      999,
      { reason: new Error("it failed") },
    ],
    ["rejects at the deadline if the result comes later", () => after(1001, () => "it"), 1000, { reason: late() }],
    ["rejects at the deadline if the failure comes later", () => after(1001, fail), 1000, { reason: late() }],
    [
      "rejects at the deadline if there is never a result",
      () => new Promise<string>(() => {}),
      1000,
      { reason: late() },
    ],
  ])("%s", async (_, begin, passedMs, expected) => {
    const start = performance.now();
    let endedAt = NaN;
    const end = Promise.allSettled([within(deadlineIn(1, systemClock), begin(), late)]);
    void end.then(() => (endedAt = performance.now()));
    await jest.advanceTimersByTimeAsync(5000);
    expect(await end).toMatchObject([expected]);
    expect(endedAt - start).toBe(passedMs);
  });

  it.each([() => Promise.resolve("it"), fail])(
    "leaves no timer after its end, which would keep the process running",
    async (end) => {
      await Promise.allSettled([within(deadlineIn(1, systemClock), Promise.resolve().then(end), late)]);
      await jest.advanceTimersByTimeAsync(0);
      expect(jest.getTimerCount()).toBe(0);
    },
  );
});
