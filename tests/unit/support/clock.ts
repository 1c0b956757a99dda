import { type Clock, systemClock } from "../../../provider/tencentcloud/retry/clock";

/** The real clock, but for what a test replaces. */
export const clockWith = (replaced: Partial<Clock>): Clock => ({ ...systemClock, ...replaced });

/**
 * Returns a clock that only sleeping moves, and that at once. However busy the machine is, nothing else takes any time, so no
 * alarm rings: what is waited for without a sleep comes.
 */
export function createSleepClock(): Clock {
  let elapsedMs = 0;
  return clockWith({
    elapsedMs: () => elapsedMs,
    sleep: (delayMs) => {
      elapsedMs += delayMs;
      return Promise.resolve();
    },
    alarm: () => () => undefined,
  });
}

/** What the calendar shows in tests that call {@link stopCalendar}. */
export const now = "2026-01-02T03:04:05.000Z";

/** Stops the calendar for all tests of a file. Timers go on: the network needs them. */
export function stopCalendar(): void {
  beforeAll(() => {
    jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...goingOn] });
  });
  afterAll(() => {
    jest.useRealTimers();
  });
}

const goingOn = [
  "hrtime",
  "nextTick",
  "performance",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
] as const;
