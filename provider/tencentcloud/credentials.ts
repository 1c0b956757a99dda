import { CredentialsError } from "../errors";

/** An API key of Tencent Cloud; with a token, a temporary one. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** A value by its name: the environment, or the stack's config. */
export type Lookup = (name: string) => string | undefined;

/**
 * The credentials to sign with: Pulumi config, else the environment.
 *
 * @throws CredentialsError when neither has any, or the one that applies has half a key pair.
 */
export function resolveCredentials(config: Lookup, environment: Lookup): Credentials {
  const found = fromPulumiConfig(config) ?? fromEnvironment(environment);
  if (found) return found;
  throw new CredentialsError(
    "No Tencent Cloud credentials: set the environment variables TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, " +
      "or the Pulumi config tencentcloud:secretId and tencentcloud:secretKey (both with --secret)",
  );
}

function fromPulumiConfig(config: Lookup): Credentials | undefined {
  return keyPair(
    ["Pulumi config tencentcloud:secretId", config("tencentcloud:secretId")],
    ["Pulumi config tencentcloud:secretKey", config("tencentcloud:secretKey")],
    config("tencentcloud:securityToken"),
  );
}

/** The token's name differs between Terraform, the vendor's SDK and its command line; all three are known. */
const tokenNames = ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"];

function fromEnvironment(environment: Lookup): Credentials | undefined {
  return keyPair(
    ["TENCENTCLOUD_SECRET_ID", environment("TENCENTCLOUD_SECRET_ID")],
    ["TENCENTCLOUD_SECRET_KEY", environment("TENCENTCLOUD_SECRET_KEY")],
    tokenNames.map(environment).find(Boolean),
  );
}

type Named = readonly [name: string, value: string | undefined];

function keyPair([idName, secretId]: Named, [keyName, secretKey]: Named, token?: string): Credentials | undefined {
  if (!secretId && !secretKey) return undefined;
  if (!secretId) throw new CredentialsError(`${keyName} is set, ${idName} is not`);
  if (!secretKey) throw new CredentialsError(`${idName} is set, ${keyName} is not`);
  if ([secretId, secretKey, token ?? ""].some((value) => /[^\x21-\x7e]/.test(value))) {
    throw new CredentialsError(`${idName}, ${keyName} or the token holds white space or another character no key has`);
  }
  return token ? { secretId, secretKey, token } : { secretId, secretKey };
}
