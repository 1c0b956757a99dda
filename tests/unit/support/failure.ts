import { inspect } from "node:util";

/** Returns the error of a call, thrown or rejected. */
export async function catchError(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown");
}

/** Returns all text that printing an error may show. */
export const inspectError = (error: unknown): string =>
  [
    String(error),
    String((error as Error).stack),
    inspect(error, { depth: null, showHidden: true, getters: true }),
  ].join("\n");
