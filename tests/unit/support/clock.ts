/** What the calendar shows in tests that call {@link stopCalendar}. */
export const now = "2026-01-02T03:04:05.678Z";

/** Stops the calendar for all tests of a file. Timers go on: the network needs them. */
export function stopCalendar(): void {
  beforeAll(() => {
    jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...timers] });
  });
  afterAll(() => {
    jest.useRealTimers();
  });
}

const timers = [
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
