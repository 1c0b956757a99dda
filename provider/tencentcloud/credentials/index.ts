import { CredentialsError } from "../errors/errors";
import { assumeRole, parseRoleConfig, requestedRole } from "./assumeRole";
import type { Credentials } from "../transport/signature";
import { type CredentialContext, type CredentialSource, requireCredentials } from "./source";
import { fromCvmRole } from "./fromCvmRole";
import { fromSdkProfile } from "./fromSdkProfile";
import { fromSettings } from "./fromSettings";
import { fromTccliProfile } from "./fromTccliProfile";
import { fromWebIdentity, webIdentityFields } from "./fromWebIdentity";
import { findIdentityRequest } from "./identityRequest";
import { parseConfigObject } from "./roleSettings";
import type { SettingPlace } from "./settingPlace";

export type { Lookup } from "../transport/lookup";
export { type SettingPlace, firstSetting } from "./settingPlace";
export type { CredentialContext } from "./source";
export { type CredentialsProvider, rememberCredentials } from "./rememberCredentials";
export { callerAccountId } from "./sts";

/** The sources, in order, if no setting asks for an identity. The first that applies is used, even if it is broken. */
const sources: readonly (readonly [name: string, source: CredentialSource])[] = [
  ["TCCLI profile", fromTccliProfile],
  ["SDK profile", fromSdkProfile],
  ["web identity", fromWebIdentity],
  ["CVM role", fromCvmRole],
];

/**
 * Returns the credentials that a setting asks for, otherwise those of the first source that applies. If a setting asks
 * for a role, assumes it with them.
 *
 * @throws CredentialsError with every source and what it lacks, or with the broken source and its cause
 */
export async function resolveCredentials(context: CredentialContext): Promise<Credentials> {
  const role = requestedRole(context);
  const request = findIdentityRequest(context);
  const found = request ? requireCredentials(request.name, await request.find()) : await searchSources(context);
  return role ? assumeRole(found, role, context) : found;
}

/**
 * Returns checks for credential settings in the config alone, such as half a key, or a role with unknown or invalid
 * fields. Each check throws a CredentialsError.
 */
export function credentialChecks(config: SettingPlace): (() => unknown)[] {
  const [role, identity] = (["assumeRole", "assumeRoleWithWebIdentity"] as const).map(config.read);
  return [
    () => fromSettings(config),
    () => role?.value !== undefined && parseRoleConfig(role.name, role.value),
    () => identity?.value !== undefined && parseConfigObject(identity.name, identity.value, webIdentityFields),
  ];
}

async function searchSources(context: CredentialContext): Promise<Credentials> {
  const settings = context.places.map((place) => [place.title, () => fromSettings(place)] as const);
  const missing: string[] = [];
  for (const [name, source] of [...settings, ...sources]) {
    const found = await source(context);
    if ("credentials" in found) return found.credentials;
    missing.push(`${name} (${found.missing})`);
  }
  throw new CredentialsError(
    "No Tencent Cloud credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment, or " +
      `another source. None of these has any: ${missing.join("; ")}`,
  );
}
