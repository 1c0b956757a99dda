import { CredentialsError } from "../errors/errors";
import type { SourceResult } from "./source";
import { Secret } from "../secrets/secret";

type NamedValue = readonly [name: string, value: unknown];

/**
 * Returns a key pair. Rejects half a pair, a token alone, values that are not strings, and characters that no key
 * contains and no header allows.
 *
 * @param where the source, for errors
 * @throws CredentialsError
 */
export function parseKeyPair(
  where: string,
  id: NamedValue,
  key: NamedValue,
  temporary: NamedValue,
  expiresAt?: number,
): SourceResult {
  const toPart = ([name, value]: NamedValue) => ({ name, text: requireText(where, name, value) });
  const [secretId, secretKey, token] = [toPart(id), toPart(key), toPart(temporary)];
  const parts = [secretId, secretKey, token];
  const present = parts.filter(({ text }) => text !== "");
  const missing = parts.slice(0, 2).filter(({ text }) => text === "");
  if (present.length === 0) return { missing: `${describeParts(missing)} not set` };
  if (missing.length > 0)
    throw new CredentialsError(`${where}: ${describeParts(present)} set, ${describeParts(missing)} not`);
  if (parts.some(({ text }) => /[^\x21-\x7e]/.test(text))) {
    const names = parts.map(({ name }) => name);
    const reason = "holds white space or another character that no key has";
    throw new CredentialsError(`${where}: ${names.slice(0, 2).join(", ")} or ${names[2]} ${reason}`);
  }
  const secrets = { secretKey: new Secret(secretKey.text), ...(token.text && { token: new Secret(token.text) }) };
  return { credentials: { secretId: secretId.text, ...secrets, ...(expiresAt && { expiresAt }) } };
}

const describeParts = (parts: readonly { name: string }[]): string =>
  `${parts.map(({ name }) => name).join(" and ")} ${parts.length === 1 ? "is" : "are"}`;

function requireText(where: string, name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new CredentialsError(`${where}: ${name} must be a string`);
  return value;
}
