/**
 * A time as the Redis API writes it, `2018-11-01 17:25:14`, in milliseconds. In which time zone it is, the service does
 * not say: it compares with other such times only. Undefined for anything else.
 */
export function parseServiceTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** The other way round. */
export const formatServiceTime = (timeMs: number): string =>
  new Date(timeMs).toISOString().slice(0, 19).replace("T", " ");
