import { install } from "@sinonjs/fake-timers";

import { randomFrom } from "../../tools/random";

/**
 * Does some work on a clock that jumps to the next moment for which somebody waits, and with the same random numbers
 * for the same seed. Only waiting takes time.
 *
 * @throws Error when the work waits for something that no clock brings
 */
export async function onVirtualTime<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const clock = install({
    now: Date.parse("2026-01-01T00:00:00Z"),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  const restore = replace(Math, "random", randomFrom(seed));
  try {
    const result = work();
    const isDone = result.then(
      () => true,
      () => true,
    );
    while (!(await Promise.race([isDone, onceAllAreWaiting()]))) {
      if (clock.countTimers() === 0) throw new Error("the simulation waits for something that no clock brings");
      clock.next();
    }
    return await result;
  } finally {
    restore();
    clock.uninstall();
  }
}

/** Puts another value in the place of one that everybody sees, and returns how to undo it. */
export function replace<T, Name extends keyof T>(object: T, name: Name, value: T[Name]): () => void {
  const original = object[name];
  object[name] = value;
  return () => {
    object[name] = original;
  };
}

/** Lets all run on who are awake. */
const onceAllAreWaiting = (): Promise<false> => new Promise((resolve) => setImmediate(() => resolve(false)));
