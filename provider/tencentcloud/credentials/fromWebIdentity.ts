import { CredentialsError } from "../../errors";
import type { Found, Surroundings } from "./credentials";
import { readIfThere } from "./readIfThere";
import { temporaryCredentials } from "./sts";

const names = ["TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"] as const;

/**
 * The identity that a CI job or a pod has, as a token in a file, exchanged for that of a role.
 *
 * @throws CredentialsError when a part of it is missing or is refused
 * @see https://cloud.tencent.com/document/product/1312/73070
 */
export async function fromWebIdentity(surroundings: Surroundings): Promise<Found> {
  const values = names.map((name) => surroundings.environment(name));
  if (values.every((value) => value === undefined)) return { lacks: `${names.join(", ")} are not set` };
  const missing = names.filter((_, index) => values[index] === undefined);
  if (missing.length > 0) throw new CredentialsError(`Web identity: ${missing.join(", ")} not set`);
  const [region, ProviderId, file, RoleArn] = values as [string, string, string, string];
  const token = (await readIfThere(file))?.trim();
  if (!token) throw new CredentialsError(`Web identity: ${file} ${token === "" ? "is empty" : "does not exist"}`);
  const parameters = {
    ProviderId,
    WebIdentityToken: token,
    RoleArn,
    RoleSessionName: "pulumi-tencentcloud-redis",
    DurationSeconds: 7200,
  };
  const action = "AssumeRoleWithWebIdentity";
  return { credentials: await temporaryCredentials(action, parameters, region, surroundings) };
}
