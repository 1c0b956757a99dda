/** The time limit of one step of a test: on a busy machine a process needs seconds to start. */
export const patienceMs = 60_000;

// A test has several steps. The step reports a timeout, not Jest.
jest.setTimeout(4 * patienceMs);

/** Returns the same promise, but rejects at the timeout. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come in time`)), patienceMs);
  });
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
