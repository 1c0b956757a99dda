/**
 * Parses a time in the format of the Redis API, `2018-11-01 17:25:14`, as milliseconds. The service does not document
 * its time zone, so the result is comparable with other such times only. Undefined for any other text.
 */
export function parseServiceTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Returns how long a time is after another one, in milliseconds. NaN if one of them is unknown, so every comparison is
 * false.
 */
export const differenceMs = (time: string | undefined, from: string | undefined): number =>
  (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);

/** Formats a time as the Redis API does, in UTC. For another zone, add its offset to the time. */
export const formatServiceTime = (timeMs: number): string =>
  new Date(timeMs).toISOString().slice(0, 19).replace("T", " ");

/**
 * Returns a time in the service's format, or an empty string: times are recorded and shown, so no other value is
 * accepted.
 */
export const readServiceTime = (value: unknown): string =>
  typeof value === "string" && parseServiceTime(value) !== undefined ? value : "";

/** Returns whether a time is before another one by more than `byMs`. False if either is unknown. */
export const isServiceTimeBefore = (time: string | undefined, other: string | undefined, byMs = 0): boolean =>
  differenceMs(time, other) < -byMs;

/** Returns the earliest known time. In the format that `readServiceTime` returns, times sort as strings. */
export const earliestOf = (times: readonly string[]): string | undefined => times.filter(Boolean).sort().at(0);

/** Returns the part of a difference between two clocks that time zones explain: a multiple of 15 minutes. */
export const roundToTimeZones = (differenceMs: number): number =>
  Math.round(differenceMs / quarterHourMs) * quarterHourMs;

const quarterHourMs = 15 * 60_000;

/** Returns the first time that is not empty. */
export const firstTold = (...times: (string | undefined)[]): string | undefined => times.find(Boolean);
