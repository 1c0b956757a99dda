import { createHmac } from "node:crypto";

/** An account, and the rotation that set its password. */
export interface Login {
  account: string;
  rotation: number;
}

/** Returns the login of a rotation: the accounts take turns. */
export function loginFor(rotation: number): Login {
  if (!Number.isSafeInteger(rotation)) throw new Error("rotation must be a whole number");
  return { account: rotation % 2 === 0 ? "blue" : "green", rotation };
}

/** Returns the password of an account. Without the key, it is as good as random. */
export function derivePassword(instanceId: string, { account, rotation }: Login): string {
  const key = process.env.REDIS_PASSWORD_KEY;
  if (!key) throw new Error("REDIS_PASSWORD_KEY is not set");
  return createHmac("sha256", key).update(`${instanceId} ${account} ${rotation}`).digest("base64url").slice(0, 32);
}

/** Returns the single password with which a client signs in to the account. */
export const passwordToSignIn = (instanceId: string, login: Login): string =>
  `${login.account}@${derivePassword(instanceId, login)}`;
