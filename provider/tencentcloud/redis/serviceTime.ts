/**
 * A time as the Redis API writes it, `2018-11-01 17:25:14`, in milliseconds. In which time zone it is, the service does
 * not say: it compares with other such times only. Undefined for anything else.
 */
export function parseServiceTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Returns by how much a time is after another one. Not a number where one of them is unknown, which compares with nothing. */
export const differenceMs = (time: string | undefined, from: string | undefined): number =>
  (parseServiceTime(time) ?? NaN) - (parseServiceTime(from) ?? NaN);

/** Writes a time as the Redis API does, in the zone of the given time. */
export const formatServiceTime = (timeMs: number): string =>
  new Date(timeMs).toISOString().slice(0, 19).replace("T", " ");

/** A time as the service writes it, or empty: times are recorded and shown, so anything else in their place is none. */
export const readServiceTime = (value: unknown): string =>
  typeof value === "string" && parseServiceTime(value) !== undefined ? value : "";

/** Whether a time is before another one by more than so much. False where one of the two is unknown. */
export const isServiceTimeBefore = (time: string | undefined, other: string | undefined, byMs = 0): boolean =>
  differenceMs(time, other) < -byMs;

/** Returns the earliest known of some times, as `readServiceTime` returns them: written so, they compare as texts do. */
export const earliestOf = (times: readonly string[]): string | undefined => times.filter(Boolean).sort().at(0);

/** Returns the part of a difference between two clocks that time zones explain: they differ by quarters of an hour. */
export const roundToTimeZones = (differenceMs: number): number =>
  Math.round(differenceMs / quarterHourMs) * quarterHourMs;

const quarterHourMs = 15 * 60_000;

/** The first of some times that the service has told. */
export const firstTold = (...times: (string | undefined)[]): string | undefined => times.find(Boolean);
