/** China's time zone, UTC+8 without daylight saving time. */
export const chinaHours = 8;

/**
 * Formats a time like the Redis API: `2018-11-01 17:25:14`.
 *
 * @param zoneHours the UTC offset of its time zone
 */
export const toServiceTime = (time: Date, zoneHours: number): string =>
  new Date(time.getTime() + offsetMs(zoneHours)).toISOString().slice(0, 19).replace("T", " ");

/** Parses a time of the Redis API. Returns undefined if it is not valid. */
export function fromServiceTime(text: string, zoneHours: number): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const time = new Date(Date.parse(`${text.replace(" ", "T")}Z`) - offsetMs(zoneHours));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Formats a time like the STS and the metadata service: `2018-12-04T09:06:16Z`. */
export const toIsoSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

const offsetMs = (zoneHours: number): number => zoneHours * 3_600_000;
