import { join } from "node:path";

import { CredentialsError } from "../errors/errors";
import { assumeRole, requestedRole } from "./assumeRole";
import { parseKeyPair } from "./keyPair";
import { firstSetting } from "./settingPlace";
import { type CredentialContext, type SourceResult, requireCredentials } from "./source";
import { expandHome, looksLikePath, readIfExists } from "./files";
import { fromRequestedCvmRole } from "./fromCvmRole";

const defaultProfile = "default";

/**
 * Reads the default profile of the vendor's command line, `default.credential` in `~/.tccli`.
 *
 * @throws CredentialsError if the file cannot be used, or is missing in a folder that a setting names
 */
export async function fromTccliProfile(context: CredentialContext): Promise<SourceResult> {
  const { file, shown, folderSetting } = locate(defaultProfile, context);
  const text = await readIfExists(file, shown);
  if (text !== undefined) return useProfile(defaultProfile, file, text, context);
  if (folderSetting !== undefined) throw new CredentialsError(`${folderSetting}: ${shown} does not exist`);
  return { missing: `${file} does not exist` };
}

/**
 * Reads the profile of a given name.
 *
 * @throws CredentialsError if it does not exist or cannot be used
 */
export async function fromNamedTccliProfile(name: string, context: CredentialContext): Promise<SourceResult> {
  const { file, shown } = locate(name, context);
  const text = await readIfExists(file, shown);
  if (text === undefined) throw new CredentialsError(`Profile ${name}: ${shown} does not exist`);
  return useProfile(name, file, text, context);
}

interface Location {
  readonly file: string;
  /** The name of the file in errors. */
  readonly shown: string;
  /** The setting that names the folder, if there is one. */
  readonly folderSetting: string | undefined;
}

function locate(profile: string, { places, homeDirectory }: CredentialContext): Location {
  if (/[/\\]/.test(profile)) throw new CredentialsError("Profile: a name must not hold a slash");
  if (/^\.+$/.test(profile)) throw new CredentialsError("Profile: a name must not consist of dots");
  const setting = firstSetting(places, "sharedCredentialsDir");
  const folder = setting && expandHome(setting.name, setting.value, homeDirectory);
  const name = `${profile}.credential`;
  const file = join(folder ?? join(homeDirectory, ".tccli"), name);
  const shown = setting && !looksLikePath(setting.value) ? `${name} in its folder` : file;
  return { file, shown, folderSetting: setting?.name };
}

async function useProfile(name: string, file: string, text: string, context: CredentialContext): Promise<SourceResult> {
  const profile = parseProfile(file, text);
  if (profile.type && !types.includes(profile.type)) {
    throw new CredentialsError(`${file}: type must be one of ${types.join(", ")}`);
  }
  // TCCLI ignores an older key and role that the file may still contain.
  if (profile.type === "cvm-role") return fromRequestedCvmRole(undefined, context);
  const expiresAt = parseExpiresAt(file, profile.expiresAt);
  const { clock } = context;
  if ((expiresAt ?? Infinity) <= clock.epochMs()) {
    throw new CredentialsError(`${file}: the credentials have expired: ${describeRenewal(name, profile)}`);
  }
  const { secretId, secretKey, token } = profile;
  const pair = parseKeyPair(file, ["secretId", secretId], ["secretKey", secretKey], ["token", token], expiresAt);
  const credentials = { ...requireCredentials(file, pair), source: `profile "${name}" (${file})` };
  const roleArn = profile["role-arn"];
  if (!roleArn || requestedRole(context)?.replacesProfileRole) return { credentials };
  const role = { roleArn, sessionName: profile["role-session-name"] };
  return { credentials: await assumeRole(credentials, role, context) };
}

/**
 * Returns the TCCLI command that renews a profile. TCCLI renews the keys of a login only before it calls an API, and
 * only for the profile that the option names: it ignores `TCCLI_PROFILE`.
 */
function describeRenewal(name: string, { type }: Profile): string {
  if (type !== "oauth" && type !== "sso") return "put others in their place";
  return `run \`tccli sts GetCallerIdentity --profile ${name}\`, which renews them, or log in again with tccli`;
}

/** How TCCLI created a profile. The key in a profile of another type might belong to another identity. */
const types: readonly string[] = ["default", "oauth", "sso", "cvm-role"];

interface Profile {
  /** One of {@link types}. @default "default" */
  readonly type?: string;
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly expiresAt?: unknown;
  readonly "role-arn"?: string;
  readonly "role-session-name"?: string;
}

const textFields = ["type", "secretId", "secretKey", "token", "role-arn", "role-session-name"] as const;

function parseProfile(file: string, text: string): Profile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a key.
    throw new CredentialsError(`${file}: ${text.trim() === "" ? "is empty" : "is not valid JSON"}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CredentialsError(`${file}: is not a JSON object`);
  }
  const fields = value as Record<string, unknown>;
  const misspelled = ["role_arn", "roleArn"].find((name) => fields[name] !== undefined);
  if (misspelled !== undefined) throw new CredentialsError(`${file}: unknown field ${misspelled}, use role-arn`);
  const texts = textFields.map((name) => [name, trimmed(file, name, fields[name])] as const);
  return { ...Object.fromEntries(texts), expiresAt: fields.expiresAt };
}

function trimmed(file: string, name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new CredentialsError(`${file}: ${name} must be a string`);
  return value.trim();
}

/** A smaller number is a time in seconds (before the year 5138), a greater one a time in milliseconds (after 1973). */
const leastMilliseconds = 1e11;

/** Returns milliseconds; TCCLI writes seconds. Undefined if the value is not set. */
function parseExpiresAt(file: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === 0 || value === "") return undefined;
  const time = typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof time === "number") return time < leastMilliseconds ? time * 1000 : time;
  throw new CredentialsError(`${file}: expiresAt must be a number of seconds since 1970`);
}
