import { inspect } from "node:util";

/** What a call throws, at once or later. */
export async function catchError(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown");
}

/** All that is to be seen of an error, by any means. */
export const inspectError = (error: unknown): string =>
  [
    String(error),
    String((error as Error).stack),
    inspect(error, { depth: null, showHidden: true, getters: true }),
  ].join("\n");
