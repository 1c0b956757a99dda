/** China has one time zone, UTC+8, and no summer time. */
export const chinaHours = 8;

/**
 * A time as the Redis API writes it: `2018-11-01 17:25:14`.
 *
 * @param zoneHours how far its time zone is ahead of UTC
 */
export const toServiceTime = (time: Date, zoneHours: number): string =>
  new Date(time.getTime() + offsetMs(zoneHours)).toISOString().slice(0, 19).replace("T", " ");

/** The time that such a text means, or undefined when it means none. */
export function fromServiceTime(text: string, zoneHours: number): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const time = new Date(Date.parse(`${text.replace(" ", "T")}Z`) - offsetMs(zoneHours));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** A time as the STS and the metadata service write it: `2018-12-04T09:06:16Z`. */
export const toIsoSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

const offsetMs = (zoneHours: number): number => zoneHours * 3_600_000;
