import { createHmac } from "node:crypto";

/** Derives the password of an instance from the key of this rotation. Without the key, it is as good as random. */
export function passwordOf(instanceId: string): string {
  const key = process.env.REDIS_PASSWORD_KEY;
  if (!key) throw new Error("REDIS_PASSWORD_KEY is not set");
  return createHmac("sha256", key).update(instanceId).digest("base64url").slice(0, 32);
}
