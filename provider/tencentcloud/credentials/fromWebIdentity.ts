import { CredentialsError } from "../errors/errors";
import { defaultSessionName, defaultSessionSeconds, readSessionVariables } from "./assumeRole";
import type { Lookup, Setting, SettingPlace } from "./settingPlace";
import type { CredentialContext, SourceResult } from "./source";
import { readNamedFile } from "./files";
import { parseConfigObject } from "./roleSettings";
import { temporaryCredentials } from "./sts";
import { Secret } from "../secrets/secret";

/** A token that an identity provider has issued, and the role that trusts it. */
interface WebIdentity {
  readonly providerId: string;
  readonly token: Secret;
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
  readonly sessionDuration?: number | undefined;
}

/** What pods and CI jobs have in their environment. */
export const podVariables = {
  region: "TKE_REGION",
  providerId: "TKE_PROVIDER_ID",
  tokenFile: "TKE_WEB_IDENTITY_TOKEN_FILE",
  roleArn: "TKE_ROLE_ARN",
} as const;

/**
 * Exchanges the identity that a pod or a CI job has, as a token in a file, for that of a role.
 *
 * @throws CredentialsError when a part of it is missing or is refused
 * @see https://cloud.tencent.com/document/product/1312/73070
 */
export async function fromWebIdentity(context: CredentialContext): Promise<SourceResult> {
  const { environment, homeDirectory } = context;
  const names = Object.values(podVariables);
  if (names.every((name) => environment(name) === undefined)) return { missing: `${names.join(", ")} are not set` };
  const { region, providerId, tokenFile, roleArn } = requireParts("Web identity", podVariables, {
    region: environment(podVariables.region),
    providerId: environment(podVariables.providerId),
    tokenFile: environment(podVariables.tokenFile),
    roleArn: environment(podVariables.roleArn),
  });
  const token = await readToken(podVariables.tokenFile, tokenFile, homeDirectory);
  return exchange(podVariables.tokenFile, { providerId, token, roleArn }, region, context);
}

/** The fields of the setting `assumeRoleWithWebIdentity` that are texts. */
export const webIdentityFields = [
  "providerId",
  "webIdentityToken",
  "webIdentityTokenFile",
  "roleArn",
  "sessionName",
] as const;
type Field = (typeof webIdentityFields)[number];
type Parts = Readonly<Partial<Record<Field, string | undefined>>> & Pick<WebIdentity, "sessionDuration">;

/** Their environment variables, as Terraform calls them. Those of the session are as for any role. */
export const webIdentityVariables = {
  providerId: "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID",
  webIdentityToken: "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN",
  webIdentityTokenFile: "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE",
  roleArn: "TENCENTCLOUD_ASSUME_ROLE_ARN",
} as const;

/**
 * Does the same under the names that Terraform's provider uses: separate variables, or an object in Pulumi config.
 *
 * @param setting `assumeRoleWithWebIdentity`, as it is set in this place
 * @throws CredentialsError when a part of it is missing or is refused
 */
export async function fromRequestedWebIdentity(
  { isEnvironment }: SettingPlace,
  { name, value }: Setting & { readonly value: string },
  context: CredentialContext,
): Promise<SourceResult> {
  const { environment, homeDirectory, region } = context;
  const { webIdentityToken, webIdentityTokenFile, sessionName, sessionDuration, ...others }: Parts = isEnvironment
    ? readParts(environment)
    : parseConfigObject(name, value, webIdentityFields);
  const where = isEnvironment ? "Web identity" : `Pulumi config ${name}`;
  const nameFor = (field: keyof typeof webIdentityVariables) => (isEnvironment ? webIdentityVariables[field] : field);
  const names = {
    providerId: nameFor("providerId"),
    tokenOrFile: `${nameFor("webIdentityToken")} or ${nameFor("webIdentityTokenFile")}`,
    roleArn: nameFor("roleArn"),
  };
  const { providerId, tokenOrFile, roleArn } = requireParts(where, names, {
    providerId: others.providerId,
    tokenOrFile: webIdentityToken ?? webIdentityTokenFile,
    roleArn: others.roleArn,
  });
  const readFrom = () => readToken(nameFor("webIdentityTokenFile"), tokenOrFile, homeDirectory);
  const token = webIdentityToken === undefined ? await readFrom() : new Secret(webIdentityToken.trim());
  return exchange(name, { providerId, token, roleArn, sessionName, sessionDuration }, region, context);
}

const readParts = (environment: Lookup): Parts => ({
  providerId: environment(webIdentityVariables.providerId),
  webIdentityToken: environment(webIdentityVariables.webIdentityToken),
  webIdentityTokenFile: environment(webIdentityVariables.webIdentityTokenFile),
  roleArn: environment(webIdentityVariables.roleArn),
  ...readSessionVariables(environment),
});

/** @throws CredentialsError that names all that is missing or blank, as the user would set it */
function requireParts<Part extends string>(
  where: string,
  names: Readonly<Record<Part, string>>,
  parts: Readonly<Record<Part, string | undefined>>,
): Readonly<Record<Part, string>> {
  const missing = (Object.keys(names) as Part[]).filter((part) => !parts[part]?.trim()).map((part) => names[part]);
  if (missing.length === 0) return parts as Readonly<Record<Part, string>>;
  throw new CredentialsError(`${where}: ${missing.join(", ")} not set`);
}

/** @param name what the user has set to the path, for errors */
async function readToken(name: string, value: string, homeDirectory: string): Promise<Secret> {
  const source = "Web identity";
  const named = await readNamedFile({ source, setting: `${source}: ${name}`, value, homeDirectory });
  const { file } = named;
  const text = named.text.trim();
  const token = text.startsWith("{") ? tokenInJson(text) : text;
  if (token === undefined) throw new CredentialsError(`Web identity: ${file} has no web_identity_token`);
  if (token === "") throw new CredentialsError(`Web identity: ${file} is empty`);
  return new Secret(token);
}

/** Terraform's provider expects the token in an object; pods and CI jobs have files with the token alone. */
function tokenInJson(text: string): string | undefined {
  try {
    const { web_identity_token: token } = JSON.parse(text) as { readonly web_identity_token: string };
    // What is not a string throws, too.
    return token.trim();
  } catch {
    return undefined;
  }
}

/** @param from the setting that the token is from */
async function exchange(
  from: string,
  { providerId, token, roleArn, sessionName, sessionDuration }: WebIdentity,
  region: string,
  context: CredentialContext,
): Promise<SourceResult> {
  const parameters = {
    ProviderId: providerId,
    WebIdentityToken: token,
    RoleArn: roleArn,
    RoleSessionName: sessionName ?? defaultSessionName,
    DurationSeconds: sessionDuration ?? defaultSessionSeconds,
  };
  const action = "AssumeRoleWithWebIdentity";
  const credentials = await temporaryCredentials(action, roleArn, parameters, region, context);
  return { credentials: { ...credentials, source: `the role ${roleArn}, assumed with the web identity of ${from}` } };
}
