/** The longest that one step of a test may take: on a busy machine a process needs seconds to start. */
export const patienceMs = 60_000;

// A test has several steps. What takes too long is then told by the step, not by Jest.
jest.setTimeout(4 * patienceMs);

/** The same, but rejects when it takes too long. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come in time`)), patienceMs);
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
