/** How long a read that keeps failing is retried, where the caller can do without the answer. */
export const patienceMs = 5_000;
