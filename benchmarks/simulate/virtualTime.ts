import { install } from "@sinonjs/fake-timers";

import { randomFrom } from "../../tools/random";

/**
 * Does some work on a clock that jumps to the next moment for which somebody waits, and with the same random numbers
 * for the same seed. Only waiting takes time.
 *
 * @throws Error when the work waits for something that no clock brings
 */
export async function onVirtualTime<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const { random } = Math;
  const { timeout } = AbortSignal;
  const clock = install({
    now: Date.parse("2026-01-01T00:00:00Z"),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  Math.random = randomFrom(seed);
  AbortSignal.timeout = abortAfter;
  try {
    let isDone = false;
    const result = work().finally(() => (isDone = true));
    // Whoever waits for the result below hears of its failure.
    result.catch(() => undefined);
    for (;;) {
      // Lets all run on who are awake.
      await new Promise(setImmediate);
      if (isDone) return await result;
      if (clock.countTimers() === 0) throw new Error("the simulation waits for something that no clock brings");
      clock.next();
    }
  } finally {
    clock.uninstall();
    Math.random = random;
    AbortSignal.timeout = timeout;
  }
}

/** Node's own goes by a clock of its own. */
function abortAfter(delayMs: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")), delayMs);
  return controller.signal;
}
