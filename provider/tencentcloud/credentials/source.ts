import { CredentialsError } from "../errors/errors";
import type { Redactor } from "../secrets/redactor";
import type { Wire } from "../transport/http";
import type { Credentials } from "../transport/signature";
import type { Lookup, SettingPlace } from "./settingPlace";

/** Looks for credentials in one place. A source that does not apply says so, and the next one is asked. */
export type CredentialSource = (context: CredentialContext) => SourceResult | Promise<SourceResult>;

/** The credentials of a source, or in a few words why it has none. */
export type SourceResult = { readonly credentials: Credentials } | { readonly missing: string };

/** Everything that a source reads. */
export interface CredentialContext extends Wire {
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
  /** Remembers the secrets that are sent to STS. */
  readonly redactor: Redactor;
  /** The hosts at which a metadata service was seen: if one does not answer, that is a failure and not its absence. */
  readonly metadataHosts: Set<string>;
}

/**
 * Returns the credentials of a source that must have some.
 *
 * @throws CredentialsError with what is missing
 */
export function requireCredentials(where: string, found: SourceResult): Credentials {
  if ("missing" in found) throw new CredentialsError(`${where}: ${found.missing}`);
  return found.credentials;
}
