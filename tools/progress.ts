/**
 * Logs that long work has started, that it is still running (every 30 seconds), and how it ended.
 *
 * @param expected how long it takes, such as "2 to 10 minutes"
 */
export async function withProgress<T>(
  what: string,
  expected: string,
  work: () => Promise<T>,
  log: (line: string) => void = console.log,
): Promise<T> {
  const started = performance.now();
  const elapsed = () => formatDuration(performance.now() - started);
  log(`${what}, which takes ${expected} …`);
  const timer = setInterval(() => log(`${what}: ${elapsed()} so far`), 30_000);
  try {
    const result = await work();
    log(`${what}: done in ${elapsed()}`);
    return result;
  } catch (error) {
    log(`${what}: failed after ${elapsed()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
