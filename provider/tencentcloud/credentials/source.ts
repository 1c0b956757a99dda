import { CredentialsError } from "../errors/errors";
import type { Redactor } from "../secrets/redactor";
import type { Wire } from "../transport/http";
import type { Credentials } from "../transport/signature";
import type { Lookup } from "../transport/lookup";
import type { SettingPlace } from "./settingPlace";

/** Looks for credentials in one place. If a source returns none, the next one is tried. */
export type CredentialSource = (context: CredentialContext) => SourceResult | Promise<SourceResult>;

/** The credentials of a source, or what it lacks, in a few words. */
export type SourceResult = { readonly credentials: Credentials } | { readonly missing: string };

/** Everything that a source reads. */
export interface CredentialContext extends Wire {
  /** The places that hold settings, in order of precedence. */
  readonly places: readonly SettingPlace[];
  readonly environment: Lookup;
  readonly homeDirectory: string;
  /** The profile that the resource itself names. */
  readonly profile?: string | undefined;
  /** Returns the address of STS for a region. */
  readonly stsEndpoint: (region: string) => URL;
  /** The region of the resource. */
  readonly region: string;
  /** Remembers the secrets that are sent to STS. */
  readonly redactor: Redactor;
  /**
   * The metadata services that have responded before: if one of these does not respond, that is a failure and does not
   * mean that it does not exist.
   */
  readonly metadataHosts: Set<string>;
}

/**
 * Returns the credentials of a source that is required to have some.
 *
 * @throws CredentialsError with what the source lacks
 */
export function requireCredentials(where: string, found: SourceResult): Credentials {
  if ("missing" in found) throw new CredentialsError(`${where}: ${found.missing}`);
  return found.credentials;
}
