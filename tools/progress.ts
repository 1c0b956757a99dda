/** Where progress is shown. */
export type Output = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

/**
 * Shows that long work lives: on a terminal in one line that counts the seconds, elsewhere, as in a CI's log, by a line a
 * minute.
 *
 * @param expected how long it takes, as "2 to 10 minutes"
 */
export async function withProgress<T>(
  what: string,
  expected: string,
  work: () => Promise<T>,
  output: Output = process.stdout,
): Promise<T> {
  const started = performance.now();
  const elapsed = () => duration(performance.now() - started);
  const { show, end } = output.isTTY ? inOneLine(output) : lineByLine(output);
  output.write(`${what}, which takes ${expected} …\n`);
  const timer = setInterval(() => show(`${what}: ${elapsed()} so far`), output.isTTY ? 1000 : 60_000);
  try {
    const result = await work();
    end(`${what}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    end(`${what}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Each text takes the place of the one before. One that is too long would wrap, and stay. */
function inOneLine(output: Output) {
  // Some terminals say that they have no columns at all.
  const width = output.columns > 0 ? output.columns - 1 : Infinity;
  const show = (text: string): unknown => output.write(`\r${text.slice(0, width)}\x1b[K`);
  return { show, end: (text: string): unknown => output.write(`\r${text}\x1b[K\n`) };
}

function lineByLine(output: Output) {
  const show = (text: string): unknown => output.write(`${text}\n`);
  return { show, end: show };
}
