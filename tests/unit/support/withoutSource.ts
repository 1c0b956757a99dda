import type { SourceResult } from "../../../provider/tencentcloud/credentials/source";
import type { Credentials } from "../../../provider/tencentcloud/transport/signature";

/** What a source has found, but for the words on where that is. */
export const withoutSource = (found: SourceResult) =>
  "credentials" in found ? { credentials: exposeKey(found.credentials) } : found;

/** Credentials in plain text, which Jest can compare, but for the words on where they come from. */
export function exposeKey(credentials: Credentials): object {
  const { secretKey, token } = credentials;
  const plain = { ...credentials, secretKey: secretKey.expose(), ...(token && { token: token.expose() }) };
  return Object.fromEntries(Object.entries(plain).filter(([name]) => name !== "source"));
}
