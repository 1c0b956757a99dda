import { CredentialsError } from "../../errors";
import type { Wire } from "../http";

/** An API key of Tencent Cloud; with a token, a temporary one. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  /** When a temporary key ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** What a source has found, or in a few words what it lacks: then the next one is asked. */
export type Found = { readonly credentials: Credentials } | { readonly lacks: string };

/** A value by its name; undefined where it is not set, or set to nothing. */
export type Lookup = (name: string) => string | undefined;

/** All that sources look at. */
export interface Surroundings extends Wire {
  /** The stack's config, by its full name such as `tencentcloud:secretId`. */
  readonly config: Lookup;
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
 * A key pair, checked: neither half of one, nor another type, nor characters that no key has and no header may hold.
 *
 * @param where names the source in errors
 * @throws CredentialsError
 */
export function keyPair(
  where: string,
  [idName, id]: readonly [name: string, value: unknown],
  [keyName, key]: readonly [name: string, value: unknown],
  temporary?: unknown,
  expiresAt?: number,
): Found {
  const secretId = textOf(where, idName, id);
  const secretKey = textOf(where, keyName, key);
  const token = textOf(where, "the token", temporary);
  if (!secretId && !secretKey) return { lacks: `${idName} and ${keyName} are not set` };
  if (!secretId) throw new CredentialsError(`${where}: ${keyName} is set, ${idName} is not`);
  if (!secretKey) throw new CredentialsError(`${where}: ${idName} is set, ${keyName} is not`);
  if ([secretId, secretKey, token].some((value) => /[^\x21-\x7e]/.test(value))) {
    const reason = "white space or another character that no key has";
    throw new CredentialsError(`${where}: ${idName}, ${keyName} or the token holds ${reason}`);
  }
  return { credentials: { secretId, secretKey, ...(token && { token }), ...(expiresAt && { expiresAt }) } };
}

function textOf(where: string, name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new CredentialsError(`${where}: ${name} is not a text`);
  return value;
}
