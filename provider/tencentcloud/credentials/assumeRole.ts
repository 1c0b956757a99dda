import { CredentialsError } from "../errors/errors";
import type { Credentials } from "../transport/signature";
import type { Lookup } from "../transport/lookup";
import type { CredentialContext } from "./source";
import { parseConfigObject, parseSeconds } from "./roleSettings";
import { temporaryCredentials } from "./sts";
import { Secret } from "../secrets/secret";

/** The string fields of a role, with the parameters of STS for them. */
const parameterNames = {
  roleArn: "RoleArn",
  sessionName: "RoleSessionName",
  policy: "Policy",
  externalId: "ExternalId",
  sourceIdentity: "SourceIdentity",
  serialNumber: "SerialNumber",
  tokenCode: "TokenCode",
} as const;
type TextField = keyof typeof parameterNames;

/** The string fields of the setting `assumeRole`. */
export const roleFields: readonly TextField[] = Object.keys(parameterNames) as TextField[];

/** The role to assume, and how. */
export type Role = Readonly<Partial<Record<Exclude<TextField, "roleArn">, string | undefined>>> & {
  readonly roleArn: string;
  /** In seconds. @default 7200 */
  readonly sessionDuration?: number | undefined;
  /** Whether it overrides the role that a profile names. */
  readonly replacesProfileRole?: boolean;
};

export const defaultSessionName = "pulumi-tencentcloud-redis";
export const defaultSessionSeconds = 7200;

/**
 * Assumes a role with the given credentials.
 *
 * @throws CredentialsError if STS refuses it
 */
export async function assumeRole(
  credentials: Credentials,
  role: Role,
  context: CredentialContext,
): Promise<Credentials> {
  const { roleArn, sessionDuration: DurationSeconds = defaultSessionSeconds } = role;
  const texts = roleFields.map((field) => [parameterNames[field], role[field]] as const);
  const given: Record<string, string> = Object.fromEntries(
    texts.flatMap(([name, text]) => (text ? [[name, text]] : [])),
  );
  const parameters = {
    RoleSessionName: defaultSessionName,
    DurationSeconds,
    ...given,
    ...(role.tokenCode && { TokenCode: new Secret(role.tokenCode) }),
    // STS expects a URL-encoded policy.
    ...(role.policy && { Policy: encodeURIComponent(role.policy) }),
  };
  const { region } = context;
  const temporary = await temporaryCredentials("AssumeRole", roleArn, parameters, region, context, credentials);
  const { source } = credentials;
  return { ...temporary, ...(source && { source: `the role ${roleArn}, assumed with the key from ${source}` }) };
}

/**
 * Returns the role that the settings ask to assume, whatever the source of the credentials.
 *
 * @throws CredentialsError if the settings do not describe a valid role
 */
export function requestedRole({ places, environment }: CredentialContext): Role | undefined {
  for (const { read, isEnvironment } of places) {
    const { name, value } = read("assumeRole");
    if (!isEnvironment) {
      if (value !== undefined) return parseRoleConfig(name, value);
      continue;
    }
    // The same variables describe the role of a web identity, which is not assumed twice.
    if (read("assumeRoleWithWebIdentity").value !== undefined) continue;
    if (value !== undefined) return readRoleVariables(name, value, environment);
    requireNoDetails(environment);
  }
  return undefined;
}

/** Rejects details of a role without its ARN: a CI secret is probably missing. */
function requireNoDetails(environment: Lookup): void {
  const detail = Object.values(roleVariables).find((name) => environment(name) !== undefined);
  if (detail === undefined) return;
  throw new CredentialsError(`Environment: ${detail} is set, TENCENTCLOUD_ASSUME_ROLE_ARN is not`);
}

/** The environment variables of a role's details, named as in Terraform. */
export const roleVariables = {
  externalId: "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID",
  sourceIdentity: "TENCENTCLOUD_ASSUME_ROLE_SOURCE_IDENTITY",
  serialNumber: "TENCENTCLOUD_ASSUME_ROLE_SERIAL_NUMBER",
  tokenCode: "TENCENTCLOUD_ASSUME_ROLE_TOKEN_CODE",
  sessionName: "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME",
  sessionDuration: "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION",
} as const;

/** @throws CredentialsError with the field that is unknown, invalid or missing */
export function parseRoleConfig(key: string, json: string): Role {
  const { roleArn, ...others } = parseConfigObject(key, json, roleFields);
  if (roleArn === undefined) throw new CredentialsError(`Config ${key} has no roleArn`);
  return { roleArn, ...others };
}

function readRoleVariables(name: string, roleArn: string, environment: Lookup): Role {
  // TCCLI has only two variables, which override the two fields of its profiles.
  if (name === "TENCENTCLOUD_ROLE_ARN") {
    return { roleArn, sessionName: environment("TENCENTCLOUD_ROLE_SESSION_NAME"), replacesProfileRole: true };
  }
  return {
    roleArn,
    ...readSessionVariables(environment),
    externalId: environment(roleVariables.externalId),
    sourceIdentity: environment(roleVariables.sourceIdentity),
    serialNumber: environment(roleVariables.serialNumber),
    tokenCode: environment(roleVariables.tokenCode),
  };
}

/** @throws CredentialsError if the duration is not a number of seconds */
export function readSessionVariables(environment: Lookup): Pick<Role, "sessionName" | "sessionDuration"> {
  const { sessionName, sessionDuration } = roleVariables;
  return {
    sessionName: environment(sessionName),
    sessionDuration: parseSeconds(sessionDuration, environment(sessionDuration)),
  };
}
