import { undocumentedLines } from "../../support/documentedLines";

/**
 * Each line that the handlers print in a test, and each error that they throw, must be in docs/troubleshooting.md. So no
 * new one can be left out: a test that makes the handlers print it fails.
 */
const lines: string[] = [];
afterEach(() => {
  const missing = undocumentedLines(lines.splice(0));
  expect(missing).toEqual([]);
});

/** Notes a line that was printed. */
export const noteLine = (line: string): void => void lines.push(line);

/** Notes the reasons for which a check fails, and what a call throws, and hands both on. */
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
