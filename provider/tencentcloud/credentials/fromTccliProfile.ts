import path from "node:path";

import { CredentialsError } from "../../errors";
import { assumeRole } from "./assumeRole";
import { type Found, type Surroundings, firstSetting, keyPair } from "./credentials";
import { readIfThere } from "./readIfThere";

/** The name of the profile, and whether somebody asked for it. */
function profileOf({ profile, places }: Surroundings): { name: string; isNamed: boolean } {
  const named = profile ?? firstSetting(places, "profile")?.value;
  return { name: named ?? "default", isNamed: named !== undefined };
}

/**
 * A profile of the vendor's command line, `<profile>.credential` in `~/.tccli`.
 *
 * @throws CredentialsError when the file cannot be used, or a profile that was asked for by name is not there
 */
export async function fromTccliProfile(surroundings: Surroundings): Promise<Found> {
  const { name, isNamed } = profileOf(surroundings);
  if (/[/\\]/.test(name)) throw new CredentialsError("Profile: a name must not hold a slash");
  const { places, homeDirectory } = surroundings;
  const folder = firstSetting(places, "sharedCredentialsDir")?.value ?? path.join(homeDirectory, ".tccli");
  const file = path.join(folder, `${name}.credential`);
  const text = await readIfThere(file);
  if (text === undefined) {
    if (isNamed) throw new CredentialsError(`Profile ${name}: ${file} does not exist`);
    return { lacks: `${file} does not exist` };
  }
  const profile = parse(file, text);
  if (profile.expiresAt && profile.expiresAt * 1000 <= Date.now()) {
    throw new CredentialsError(`${file}: the credentials have expired, log in again with tccli`);
  }
  const expiresAt = profile.expiresAt && profile.expiresAt * 1000;
  const { secretId, secretKey, token } = profile;
  const found = keyPair(file, ["secretId", secretId], ["secretKey", secretKey], ["token", token], expiresAt);
  if ("lacks" in found) throw new CredentialsError(`${file}: ${found.lacks}`);
  const roleArn = profile["role-arn"];
  if (!roleArn) return found;
  const role = { roleArn, sessionName: profile["role-session-name"] };
  return { credentials: await assumeRole(found.credentials, role, surroundings) };
}

interface Profile {
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  /** Seconds since 1970. */
  readonly expiresAt?: number;
  readonly "role-arn"?: string;
  readonly "role-session-name"?: string;
}

const fields: Readonly<Record<keyof Profile, "string" | "number">> = {
  secretId: "string",
  secretKey: "string",
  token: "string",
  expiresAt: "number",
  "role-arn": "string",
  "role-session-name": "string",
};

function parse(file: string, text: string): Profile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, a key perhaps.
    throw new CredentialsError(`${file}: is not valid JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CredentialsError(`${file}: is not a JSON object`);
  }
  for (const [name, type] of Object.entries(fields)) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined && field !== null && typeof field !== type) {
      throw new CredentialsError(`${file}: ${name} is not a ${type}`);
    }
  }
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}
