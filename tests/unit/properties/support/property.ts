import fc from "fast-check";

import { cases } from "./cases";

/** All properties are tried with the same cases at each run: a failure prints this seed, and the smallest case. */
export const seed = 20_260_102;

// One property is one test, with many cases.
jest.setTimeout(240_000);

/** Whether a property holds for so many cases as {@link cases} says. */
export function holds<T>(
  name: keyof typeof cases,
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => void | Promise<void>,
): Promise<void> {
  const asynchronous = fc.asyncProperty(arbitrary, async (value) => property(value));
  return fc.assert(asynchronous, { seed, numRuns: cases[name] });
}
