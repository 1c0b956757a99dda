/**
 * Returns the same method, except that its errors have no stack: Pulumi prints the stack of an error in check, diff or
 * read, which would hide the message. An error that only a mistake in the code throws keeps it.
 */
export const withoutStack =
  <Args extends unknown[], Result>(method: (...args: Args) => Result) =>
  (...args: Args): Result => {
    try {
      const result = method(...args);
      return result instanceof Promise ? (result.catch(rethrow) as Result) : result;
    } catch (error) {
      return rethrow(error);
    }
  };

function rethrow(error: unknown): never {
  if (error instanceof Error && !errorsOfMistakes.has(error.name)) error.stack = "";
  throw error;
}

/** Those of JavaScript itself, and of an assertion. */
const errorsOfMistakes: ReadonlySet<string> = new Set([
  "AssertionError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
]);
