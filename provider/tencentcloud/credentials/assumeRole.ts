import { CredentialsError } from "../../errors";
import { type Credentials, type Surroundings, firstSetting } from "./credentials";
import { temporaryCredentials } from "./sts";

/** The role to take on, and how. */
export interface Role {
  readonly roleArn: string;
  /** @default pulumi-tencentcloud-redis */
  readonly sessionName?: string | undefined;
  /** In seconds. @default 7200 */
  readonly sessionDuration?: number | undefined;
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
}

/** @throws CredentialsError when STS refuses it */
export function assumeRole(credentials: Credentials, role: Role, surroundings: Surroundings): Promise<Credentials> {
  const { roleArn, sessionName = "pulumi-tencentcloud-redis", sessionDuration = 7200, policy, externalId } = role;
  const parameters = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: sessionDuration,
    // The service takes a policy URL-encoded.
    ...(policy && { Policy: encodeURIComponent(policy) }),
    ...(externalId && { ExternalId: externalId }),
  };
  return temporaryCredentials("AssumeRole", parameters, surroundings.region, surroundings, credentials);
}

/**
 * The role that the settings ask to take on, on top of any credentials.
 *
 * @throws CredentialsError when what they hold is not one
 */
export function requestedRole({ places, environment }: Surroundings): Role | undefined {
  const setting = firstSetting(places, "assumeRole");
  if (setting === undefined) return undefined;
  // The environment has a variable for each field, config an object of them.
  if (setting.name !== "TENCENTCLOUD_ASSUME_ROLE_ARN") return parseConfig(setting.name, setting.value);
  const name = "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION";
  return {
    roleArn: setting.value,
    sessionName: environment("TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"),
    sessionDuration: parseSeconds(name, environment(name)),
    externalId: environment("TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID"),
  };
}

function parseConfig(key: string, text: string): Role {
  const name = `Pulumi config ${key}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CredentialsError(`${name} is not valid JSON: set it with --path, as in ${key}.roleArn`);
  }
  const { roleArn, sessionName, sessionDuration, policy, externalId } = (value ?? {}) as Record<string, unknown>;
  if (typeof roleArn !== "string" || roleArn === "") throw new CredentialsError(`${name} has no roleArn`);
  for (const [field, content] of Object.entries({ sessionName, policy, externalId })) {
    if (content !== undefined && !isText(content)) throw new CredentialsError(`${name}: ${field} is no string`);
  }
  return {
    roleArn,
    sessionName: sessionName as string | undefined,
    sessionDuration: parseSeconds(`${name}: sessionDuration`, sessionDuration),
    policy: policy as string | undefined,
    externalId: externalId as string | undefined,
  };
}

/** Without a half of a character, of which no URL-encoding is. */
const isText = (value: unknown): boolean => typeof value === "string" && !/\p{Cs}/u.test(value);

function parseSeconds(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === "string" ? Number(value) : value;
  if (typeof seconds === "number" && Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new CredentialsError(`${name} is not a number of seconds`);
}
