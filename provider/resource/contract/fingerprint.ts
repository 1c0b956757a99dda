import { scryptSync } from "node:crypto";

import { type AccountIdentity, formatId } from "./accountIdentity";
import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { oneLine } from "../../tencentcloud/errors/terminalText";
import type { RecordableText, Secret } from "../../tencentcloud/secrets/secret";

/** The value that the state holds instead of a password. A separate type, so that one is never used as the other. */
export type Fingerprint = RecordableText;

/**
 * How each version derives its bytes. A version that is in use is never changed or removed: a fingerprint must be
 * compared by the method that made it, otherwise a new version of the package would reset passwords.
 */
const versions: Readonly<Record<string, (password: string, salt: string) => Buffer>> = {
  v1: (password, salt) => scrypt(password, salt, 32, { N: 1024, r: 8, p: 1 }),
};
const currentVersion = "v1";

/** No password may contain a space, so a fingerprint is never mistaken for one. */
const pattern = /^fingerprint (v\d+) [\w-]+$/;

/**
 * Returns what the state holds instead of a password: `fingerprint <version> <base64url>`, a salted scrypt hash.
 *
 * The salt is the account's identity. Equal passwords of two accounts therefore have different fingerprints, while a
 * preview, its saved plan and the `up` that follows get the same one, as they must.
 */
export function fingerprint(password: Secret, identity: AccountIdentity, version = currentVersion): Fingerprint {
  const derive = versions[version];
  if (!derive) throw new RangeError(`unknown fingerprint version ${version}`);
  const salt = `pulumi-tencentcloud-redis/${formatId(identity)}`;
  return `fingerprint ${version} ${derive(password.expose(), salt).toString("base64url")}` as Fingerprint;
}

/** @throws Error with one line if Node.js was built without scrypt, or runs in a mode that forbids it, such as FIPS */
function scrypt(...args: Parameters<typeof scryptSync>): Buffer {
  try {
    return scryptSync(...args);
  } catch (error) {
    const reason = typeof scryptSync === "function" ? errorMessage(error) : "crypto.scryptSync is not defined";
    throw new Error(
      `This Node.js has no scrypt, which the password's fingerprint needs: ${oneLine(reason)}. ` +
        "Run Pulumi with a Node.js that has it, outside of FIPS mode.",
      { cause: error },
    );
  }
}

/** Whether a recorded fingerprint, of any known version, was made of this password for this account. */
export function matches(password: Secret, identity: AccountIdentity, recorded: Fingerprint): boolean {
  return (
    isFingerprint(recorded) &&
    isKnownVersion(recorded) &&
    fingerprint(password, identity, fingerprintVersion(recorded)) === recorded
  );
}

export const isFingerprint = (value: unknown): value is Fingerprint => typeof value === "string" && pattern.test(value);

/** False for a fingerprint from a newer version of the package. */
export const isKnownVersion = (recorded: string): boolean => Object.hasOwn(versions, fingerprintVersion(recorded));

export const fingerprintVersion = (recorded: string): string => pattern.exec(recorded)?.[1] ?? "";
