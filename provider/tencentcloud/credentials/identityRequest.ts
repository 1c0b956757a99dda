import { CredentialsError } from "../errors/errors";
import type { Found, SettingPlace, Surroundings } from "./source";
import { fromRequestedCvmRole } from "./fromCvmRole";
import { fromCredentialsFile } from "./fromSdkProfile";
import { fromSettings } from "./fromSettings";
import { fromNamedTccliProfile } from "./fromTccliProfile";
import { fromRequestedWebIdentity } from "./fromWebIdentity";

/** An identity that somebody has asked for: it is used, or its failure is the error. */
export interface IdentityRequest {
  /** What was set, under the name that the user knows. */
  readonly name: string;
  readonly find: () => Found | Promise<Found>;
}

/**
 * Returns the identity that the resource or the first place asks for that asks for one, or undefined.
 *
 * @throws CredentialsError when a place asks for more than one
 */
export function identityRequest(surroundings: Surroundings): IdentityRequest | undefined {
  const { profile, places } = surroundings;
  if (profile !== undefined) return { name: "profile", find: () => fromNamedTccliProfile(profile, surroundings) };
  for (const place of places) {
    const [first, second] = requestsIn(place, surroundings);
    // Which one is meant, nobody can know, and the other one may be of another account.
    if (first && second) {
      const reason = `${first.name} and ${second.name} select different credentials`;
      throw new CredentialsError(`${place.title}: ${reason}, remove one of them`);
    }
    if (first) return first;
  }
  return undefined;
}

function requestsIn(place: SettingPlace, surroundings: Surroundings): IdentityRequest[] {
  const { read } = place;
  const key = (["secretId", "secretKey", "securityToken"] as const).map(read).find(({ value }) => value !== undefined);
  const request = (
    setting: "profile" | "assumeRoleWithWebIdentity" | "camRoleName" | "credentialsFile",
    find: (setting: { readonly name: string; readonly value: string }) => Promise<Found>,
  ): IdentityRequest[] => {
    const { name, value } = read(setting);
    return value === undefined ? [] : [{ name, find: () => find({ name, value }) }];
  };
  return [
    ...(key ? [{ name: key.name, find: () => fromSettings(place) }] : []),
    ...(place.isEnvironment ? unsupportedIn(surroundings) : []),
    ...request("profile", ({ value }) => fromNamedTccliProfile(value, surroundings)),
    ...request("assumeRoleWithWebIdentity", (setting) => fromRequestedWebIdentity(place, setting, surroundings)),
    ...request("camRoleName", ({ value }) => fromRequestedCvmRole(value, surroundings)),
    ...request("credentialsFile", (setting) => fromCredentialsFile(setting, surroundings)),
  ];
}

/** What Terraform's provider takes and this package does not: to pass over it would use another identity. */
function unsupportedIn({ environment }: Surroundings): IdentityRequest[] {
  const names = ["TENCENTCLOUD_ASSUME_ROLE_SAML_ASSERTION", "TENCENTCLOUD_ASSUME_ROLE_PRINCIPAL_ARN"];
  const name = names.find((variable) => environment(variable) !== undefined);
  if (name === undefined) return [];
  const find = () => {
    throw new CredentialsError(`Environment: ${name} is not supported: use a web identity, a profile or a key`);
  };
  return [{ name, find }];
}
