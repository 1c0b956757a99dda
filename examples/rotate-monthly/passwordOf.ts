import { createHmac } from "node:crypto";

/** Derives the password of an instance for a month, such as 2026-11. Without the key, it is as good as random. */
export function passwordOf(instanceId: string, month: string): string {
  const key = process.env.REDIS_PASSWORD_KEY;
  if (!key) throw new Error("REDIS_PASSWORD_KEY is not set");
  return createHmac("sha256", key).update(`${instanceId} ${month}`).digest("base64url").slice(0, 32);
}
