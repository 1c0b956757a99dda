/** How long a read that keeps failing is retried if the caller can do without the response. */
export const optionalReadMs = 5_000;
