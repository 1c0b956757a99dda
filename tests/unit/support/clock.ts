import { type Clock, systemClock } from "../../../provider/tencentcloud/retry/clock";

/** Returns the real clock with some parts replaced. */
export const clockWith = (replaced: Partial<Clock>): Clock => ({ ...systemClock, ...replaced });

/**
 * Returns a clock that only sleeping advances, without real time. Its alarms never ring, so a busy machine causes no
 * timeout.
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

/** The calendar time in tests that call {@link stopCalendar}. */
export const now = "2026-01-02T03:04:05.000Z";

/** Stops the calendar for all tests of a file. Timers keep running, because the network needs them. */
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
