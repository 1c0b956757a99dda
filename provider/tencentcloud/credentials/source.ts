import { CredentialsError } from "../errors/errors";
import type { Wire } from "../transport/http";
import type { Credentials } from "../transport/signature";

/** What a source has found, or in a few words what it lacks: then the next one is asked. */
export type Found = { readonly credentials: Credentials } | { readonly lacks: string };

/** A value by its name; undefined where it is not set, or set to nothing. */
export type Lookup = (name: string) => string | undefined;

/** The settings that credentials depend on. */
type CredentialSetting =
  | "secretId"
  | "secretKey"
  | "securityToken"
  | "profile"
  | "sharedCredentialsDir"
  | "credentialsFile"
  | "assumeRole"
  | "assumeRoleWithWebIdentity"
  | "camRoleName";

/** A setting in one place, under the name that the user knows, such as `tencentcloud:profile`. */
export interface Setting {
  readonly name: string;
  /** Undefined where it is not set. */
  readonly value: string | undefined;
}

/** One place in which users set things: a namespace of the stack's config, or the environment. */
export interface SettingPlace<Name = CredentialSetting> {
  /** As errors call it. */
  readonly title: string;
  /** The environment has a variable for each field of an object, config the object as JSON. */
  readonly isEnvironment: boolean;
  readonly read: (setting: Name) => Setting;
}

/** Returns a setting from the first place that has it. */
export function firstSetting<Name>(
  places: readonly SettingPlace<Name>[],
  setting: Name,
): { readonly name: string; readonly value: string } | undefined {
  for (const { read } of places) {
    const { name, value } = read(setting);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** All that sources look at. */
export interface Surroundings extends Wire {
  /** The places that hold settings, in their order. */
  readonly places: readonly SettingPlace[];
  readonly environment: Lookup;
  readonly homeDirectory: string;
  /** The profile that the resource itself names. */
  readonly profile?: string | undefined;
  /** Where STS is asked for temporary keys, by region. */
  readonly stsEndpoint: (region: string) => URL;
  /** The region of the resource. */
  readonly region: string;
}

/**
 * Returns the credentials that a source must have.
 *
 * @throws CredentialsError with what it lacks
 */
export function requireFound(where: string, found: Found): Credentials {
  if ("lacks" in found) throw new CredentialsError(`${where}: ${found.lacks}`);
  return found.credentials;
}

type NamedValue = readonly [name: string, value: unknown];

/**
 * A key pair, checked: neither half of one, nor a token alone, nor another type, nor characters that no key has and no
 * header may hold.
 *
 * @param where names the source in errors
 * @throws CredentialsError
 */
export function keyPair(
  where: string,
  id: NamedValue,
  key: NamedValue,
  temporary: NamedValue,
  expiresAt?: number,
): Found {
  const parts = [id, key, temporary].map(([name, value]) => ({ name, text: textOf(where, name, value) }));
  const [secretId = "", secretKey = "", token = ""] = parts.map(({ text }) => text);
  const present = parts.filter(({ text }) => text !== "");
  const missing = parts.slice(0, 2).filter(({ text }) => text === "");
  if (present.length === 0) return { lacks: `${areSet(missing)} not set` };
  if (missing.length > 0) throw new CredentialsError(`${where}: ${areSet(present)} set, ${areSet(missing)} not`);
  if (parts.some(({ text }) => /[^\x21-\x7e]/.test(text))) {
    const names = parts.map(({ name }) => name);
    const reason = "holds white space or another character that no key has";
    throw new CredentialsError(`${where}: ${names.slice(0, 2).join(", ")} or ${names[2]} ${reason}`);
  }
  return { credentials: { secretId, secretKey, ...(token && { token }), ...(expiresAt && { expiresAt }) } };
}

const areSet = (parts: readonly { name: string }[]): string =>
  `${parts.map(({ name }) => name).join(" and ")} ${parts.length === 1 ? "is" : "are"}`;

function textOf(where: string, name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new CredentialsError(`${where}: ${name} must be a string`);
  return value;
}
