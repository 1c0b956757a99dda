import timers from "node:timers/promises";

import { type Clock, systemClock } from "../../../provider/tencentcloud/retry/clock";

/** The real clock, but for what a test replaces. */
export const clockWith = (replaced: Partial<Clock>): Clock => ({ ...systemClock, ...replaced });

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

/**
 * Makes waiting take no time in all tests of a file: who sleeps finds at once that so much time has passed. Answers
 * of a server still take the time that they take.
 */
export function skipWaiting(): void {
  skipWaitingBy(performance.now.bind(performance));
}

/** The same, and nothing else takes any time either, however busy the machine is. */
export function letOnlyWaitingTakeTime(): void {
  skipWaitingBy(() => 0);
}

function skipWaitingBy(now: () => number): void {
  let spies: { mockRestore(): void }[];
  beforeEach(() => {
    let skippedMs = 0;
    const sleep = (delayMs = 0): Promise<never> => {
      skippedMs += delayMs;
      return Promise.resolve() as Promise<never>;
    };
    spies = [
      jest.spyOn(performance, "now").mockImplementation(() => now() + skippedMs),
      jest.spyOn(timers, "setTimeout").mockImplementation(sleep),
    ];
  });
  afterEach(() => {
    for (const spy of spies) spy.mockRestore();
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
