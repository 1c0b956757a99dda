import { undocumentedLines } from "../../support/documentedLines";

/**
 * Collects each line that the handlers print in a test, and each error that they throw. All of them must be in
 * docs/troubleshooting.md: a test with an undocumented line fails.
 */
const lines: string[] = [];
afterEach(() => {
  const missing = undocumentedLines(lines.splice(0));
  expect(missing).toEqual([]);
});

/** Notes a line that was printed. */
export const noteLine = (line: string): void => void lines.push(line);

/** Collects the reasons of a failed check and the errors of a call, and passes both on. */
export function noteErrors<Arguments extends unknown[], Result>(call: (...args: Arguments) => Result) {
  return (...args: Arguments): Result => {
    try {
      const result = call(...args);
      if (result instanceof Promise) result.catch(noteError);
      else for (const { reason } of readFailures(result)) noteLine(reason);
      return result;
    } catch (error) {
      noteError(error);
      throw error;
    }
  };
}

const noteError = (error: unknown): void => noteLine(error instanceof Error ? error.message : String(error));

const readFailures = (result: unknown): readonly { readonly reason: string }[] =>
  (result as { failures?: { reason: string }[] } | undefined)?.failures ?? [];
