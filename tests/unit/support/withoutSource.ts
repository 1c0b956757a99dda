import type { SourceResult } from "../../../provider/tencentcloud/credentials/source";
import type { Credentials } from "../../../provider/tencentcloud/transport/signature";

/** What a source has found, but for the words on where that is. */
export function withoutSource(found: SourceResult): SourceResult {
  return "credentials" in found ? { credentials: keyOf(found.credentials) } : found;
}

/** Credentials, but for the words on where they come from. */
export function keyOf(credentials: Credentials): Credentials {
  return Object.fromEntries(
    Object.entries(credentials).filter(([name]) => name !== "source"),
  ) as unknown as Credentials;
}
