import type { SourceResult } from "../../../provider/tencentcloud/credentials/source";
import type { Credentials } from "../../../provider/tencentcloud/transport/signature";

/** Returns the result of a source, without the description of its location. */
export const withoutSource = (found: SourceResult) =>
  "credentials" in found ? { credentials: exposeKey(found.credentials) } : found;

/** Returns credentials in plain text, which Jest can compare, without the description of their source. */
export function exposeKey(credentials: Credentials): object {
  const { secretKey, token } = credentials;
  const plain = { ...credentials, secretKey: secretKey.expose(), ...(token && { token: token.expose() }) };
  return Object.fromEntries(Object.entries(plain).filter(([name]) => name !== "source"));
}
