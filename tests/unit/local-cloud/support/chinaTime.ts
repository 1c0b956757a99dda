/** Formats a time as the Redis API does, with the time zone database. */
export const formatChinaTime = (time: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" }).format(time);
