import fc from "fast-check";

import { cases } from "./cases";

/** All properties use the same cases in each run: a failure prints this seed, and the smallest case. */
export const seed = 20_260_102;

// One property is one test, with many cases.
jest.setTimeout(240_000);

/** Checks a property with the number of cases in {@link cases}. */
export function holds<T>(
  name: keyof typeof cases,
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => void | Promise<void>,
): Promise<void> {
  const asynchronous = fc.asyncProperty(arbitrary, async (value) => property(value));
  return fc.assert(asynchronous, { seed, numRuns: cases[name] });
}
