import { CredentialsError } from "../errors/errors";
import { defaultSessionName, defaultSessionSeconds, readSessionVariables } from "./assumeRole";
import type { Lookup } from "../transport/lookup";
import type { Setting, SettingPlace } from "./settingPlace";
import type { CredentialContext, SourceResult } from "./source";
import { readNamedFile } from "./files";
import { parseConfigObject } from "./roleSettings";
import { temporaryCredentials } from "./sts";
import { Secret } from "../secrets/secret";

/** A token that an identity provider has issued, and the role that trusts the provider. */
interface WebIdentity {
  readonly providerId: string;
  readonly token: Secret;
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
  readonly sessionDuration?: number | undefined;
}

/** The environment variables of pods and CI jobs. */
export const podVariables = {
  region: "TKE_REGION",
  providerId: "TKE_PROVIDER_ID",
  tokenFile: "TKE_WEB_IDENTITY_TOKEN_FILE",
  roleArn: "TKE_ROLE_ARN",
} as const;

/**
 * Exchanges the identity of a pod or a CI job, a token in a file, for the credentials of a role.
 *
 * @throws CredentialsError if a part of it is missing or refused
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

/** The string fields of the setting `assumeRoleWithWebIdentity`. */
export const webIdentityFields = [
  "providerId",
  "webIdentityToken",
  "webIdentityTokenFile",
  "roleArn",
  "sessionName",
] as const;
type Field = (typeof webIdentityFields)[number];
type Parts = Readonly<Partial<Record<Field, string | undefined>>> & Pick<WebIdentity, "sessionDuration">;

/** The environment variables of these fields, named as in Terraform. Session variables are the same as for any role. */
export const webIdentityVariables = {
  providerId: "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID",
  webIdentityToken: "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN",
  webIdentityTokenFile: "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE",
  roleArn: "TENCENTCLOUD_ASSUME_ROLE_ARN",
} as const;

/**
 * Exchanges an identity that is set under the names of Terraform's provider: in separate variables, or as an object in
 * Pulumi config.
 *
 * @param setting the value of `assumeRoleWithWebIdentity` in this place
 * @throws CredentialsError if a part of it is missing or refused
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
  const where = isEnvironment ? "Web identity" : `Config ${name}`;
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

/** @throws CredentialsError with all parts that are missing or blank, under the user's names for them */
function requireParts<Part extends string>(
  where: string,
  names: Readonly<Record<Part, string>>,
  parts: Readonly<Record<Part, string | undefined>>,
): Readonly<Record<Part, string>> {
  const missing = (Object.keys(names) as Part[]).filter((part) => !parts[part]?.trim()).map((part) => names[part]);
  if (missing.length === 0) return parts as Readonly<Record<Part, string>>;
  throw new CredentialsError(`${where}: ${missing.join(", ")} not set`);
}

/** @param name the setting that holds the path, for errors */
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

/** Terraform's provider expects the token in a JSON object, while pods and CI jobs have files with only the token. */
function tokenInJson(text: string): string | undefined {
  try {
    const { web_identity_token: token } = JSON.parse(text) as { readonly web_identity_token: string };
    // A token that is not a string throws, too.
    return token.trim();
  } catch {
    return undefined;
  }
}

/** @param from the setting that the token comes from */
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
