/** A line every half a minute, so that long work can be seen to live. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const elapsed = () => {
    const seconds = Math.round((performance.now() - started) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  };
  console.log(`${what} …`);
  const timer = setInterval(() => console.log(`${what} … ${elapsed()} so far`), 30_000);
  try {
    const result = await work();
    console.log(`${what}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
