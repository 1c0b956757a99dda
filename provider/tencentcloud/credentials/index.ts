import { CredentialsError } from "../errors/errors";
import { assumeRole, requestedRole } from "./assumeRole";
import type { Credentials } from "../transport/signature";
import { type Found, type Surroundings, requireFound } from "./source";
import { fromCvmRole } from "./fromCvmRole";
import { fromSdkProfile } from "./fromSdkProfile";
import { fromSettings } from "./fromSettings";
import { fromTccliProfile } from "./fromTccliProfile";
import { fromWebIdentity } from "./fromWebIdentity";
import { identityRequest } from "./identityRequest";

export { type Lookup, type SettingPlace, type Surroundings, firstSetting } from "./source";
export { type CredentialsProvider, rememberCredentials } from "./rememberCredentials";
export { callerAccountId } from "./sts";

type Source = (surroundings: Surroundings) => Found | Promise<Found>;

/** Where nobody asks for an identity, in this order: the first that applies is the one, also when it turns out broken. */
const sources: readonly (readonly [name: string, source: Source])[] = [
  ["TCCLI profile", fromTccliProfile],
  ["SDK profile", fromSdkProfile],
  ["web identity", fromWebIdentity],
  ["CVM role", fromCvmRole],
];

/**
 * Returns the credentials that are asked for, else looks through the sources, and takes on the role that is asked for
 * on top.
 *
 * @throws CredentialsError that names every source and what it lacks, or the one that is broken and why
 */
export async function resolveCredentials(surroundings: Surroundings): Promise<Credentials> {
  const role = requestedRole(surroundings);
  const request = identityRequest(surroundings);
  const found = request ? requireFound(request.name, await request.find()) : await firstOf(surroundings);
  return role ? assumeRole(found, role, surroundings) : found;
}

async function firstOf(surroundings: Surroundings): Promise<Credentials> {
  const settings = surroundings.places.map((place) => [place.title, () => fromSettings(place)] as const);
  const lacking: string[] = [];
  for (const [name, source] of [...settings, ...sources]) {
    const found = await source(surroundings);
    if ("credentials" in found) return found.credentials;
    lacking.push(`${name} (${found.lacks})`);
  }
  throw new CredentialsError(
    "No Tencent Cloud credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment, or " +
      `another source. None of these has any: ${lacking.join("; ")}`,
  );
}
