import { CredentialsError } from "../errors/errors";
import type { SettingPlace } from "./settingPlace";
import type { CredentialContext, SourceResult } from "./source";
import { fromRequestedCvmRole } from "./fromCvmRole";
import { fromCredentialsFile } from "./fromSdkProfile";
import { fromSettings } from "./fromSettings";
import { fromNamedTccliProfile } from "./fromTccliProfile";
import { fromRequestedWebIdentity } from "./fromWebIdentity";

/** An identity that a setting asks for: no other source is tried, even if it fails. */
export interface IdentityRequest {
  /** The user's name for the setting. */
  readonly name: string;
  readonly find: () => SourceResult | Promise<SourceResult>;
}

/**
 * Returns the identity that the resource asks for, otherwise that of the first place that asks for one.
 *
 * @throws CredentialsError if a place asks for more than one
 */
export function findIdentityRequest(context: CredentialContext): IdentityRequest | undefined {
  const { profile, places } = context;
  if (profile !== undefined) return { name: "profile", find: () => fromNamedTccliProfile(profile, context) };
  for (const place of places) {
    const [first, second] = listRequests(place, context);
    // It is unclear which one is meant, and the other may belong to another Tencent Cloud account.
    if (first && second) {
      const reason = `${first.name} and ${second.name} select different credentials`;
      throw new CredentialsError(`${place.title}: ${reason}, remove one of them`);
    }
    if (first) return first;
  }
  return undefined;
}

function listRequests(place: SettingPlace, context: CredentialContext): IdentityRequest[] {
  const { read } = place;
  const key = (["secretId", "secretKey", "securityToken"] as const).map(read).find(({ value }) => value !== undefined);
  const request = (
    setting: "profile" | "assumeRoleWithWebIdentity" | "camRoleName" | "credentialsFile",
    find: (setting: { readonly name: string; readonly value: string }) => Promise<SourceResult>,
  ): IdentityRequest[] => {
    const { name, value } = read(setting);
    return value === undefined ? [] : [{ name, find: () => find({ name, value }) }];
  };
  return [
    ...(key ? [{ name: key.name, find: () => fromSettings(place) }] : []),
    ...(place.isEnvironment ? listUnsupported(context) : []),
    ...request("profile", ({ value }) => fromNamedTccliProfile(value, context)),
    ...request("assumeRoleWithWebIdentity", (setting) => fromRequestedWebIdentity(place, setting, context)),
    ...request("camRoleName", ({ value }) => fromRequestedCvmRole(value, context)),
    ...request("credentialsFile", (setting) => fromCredentialsFile(setting, context)),
  ];
}

/**
 * Lists settings that Terraform's provider supports and this package does not: ignoring one would use another identity.
 */
function listUnsupported({ environment }: CredentialContext): IdentityRequest[] {
  const names = ["TENCENTCLOUD_ASSUME_ROLE_SAML_ASSERTION", "TENCENTCLOUD_ASSUME_ROLE_PRINCIPAL_ARN"];
  const name = names.find((variable) => environment(variable) !== undefined);
  if (name === undefined) return [];
  const find = () => {
    throw new CredentialsError(`Environment: ${name} is not supported: use a web identity, a profile or a key`);
  };
  return [{ name, find }];
}
