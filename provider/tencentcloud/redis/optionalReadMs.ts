/** How long a read that keeps failing is retried, where the caller can do without the answer. */
export const optionalReadMs = 5_000;
