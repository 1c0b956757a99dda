/**
 * The names of all settings outside the resource's inputs. docs/credentials.md has a table of them, generated from this
 * one. Imports nothing: the program's side loads it, too.
 */

interface SettingDescription {
  /** Whether the `tencentcloud` provider has this setting, too. It refuses a stack that sets any other name there. */
  readonly isShared: boolean;
  /** Environment variables for it: the first one that is set counts. */
  readonly variables: readonly string[];
  readonly isSecret?: true;
}

export const settings = {
  // Not from the environment: another machine must never move a resource to another region.
  region: { isShared: true, variables: [] },
  secretId: { isShared: true, variables: ["TENCENTCLOUD_SECRET_ID"] },
  secretKey: { isShared: true, variables: ["TENCENTCLOUD_SECRET_KEY"], isSecret: true },
  securityToken: {
    isShared: true,
    // As Terraform, the vendor's SDKs and the vendor's command line call it.
    variables: ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"],
    isSecret: true,
  },
  // As Terraform and the vendor's command line call it.
  profile: { isShared: true, variables: ["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE"] },
  sharedCredentialsDir: { isShared: true, variables: ["TENCENTCLOUD_SHARED_CREDENTIALS_DIR"] },
  credentialsFile: { isShared: false, variables: ["TENCENTCLOUD_CREDENTIALS_FILE"] },
  assumeRole: {
    isShared: true,
    // As Terraform and the vendor's command line call it.
    variables: ["TENCENTCLOUD_ASSUME_ROLE_ARN", "TENCENTCLOUD_ROLE_ARN"],
  },
  assumeRoleWithWebIdentity: {
    isShared: true,
    // Each of them asks for it, so that a part that is missing is an error.
    variables: [
      "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN",
      "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE",
      "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID",
    ],
    isSecret: true,
  },
  camRoleName: { isShared: true, variables: ["TENCENTCLOUD_CAM_ROLE_NAME"] },
  domain: { isShared: true, variables: ["TENCENTCLOUD_DOMAIN"] },
  protocol: { isShared: true, variables: ["TENCENTCLOUD_PROTOCOL"] },
  endpoint: { isShared: false, variables: ["TENCENTCLOUD_REDIS_ENDPOINT"] },
  stsEndpoint: { isShared: false, variables: ["TENCENTCLOUD_STS_ENDPOINT"] },
} as const satisfies Record<string, SettingDescription>;

export type SettingName = keyof typeof settings;

export const settingNames = Object.keys(settings) as SettingName[];

/** The namespace of this package in Pulumi config. Read before the other one. */
export const ownNamespace = "tencentcloud-redis";

/** The namespace of the `tencentcloud` provider. */
export const sharedNamespace = "tencentcloud";

/** Returns a sentence for each unknown key of this package's namespace, without its value. */
export function unknownSettings(configKeys: readonly string[]): string[] {
  const prefix = `${ownNamespace}:`;
  return configKeys
    .filter((key) => key.startsWith(prefix) && !Object.hasOwn(settings, key.slice(prefix.length)))
    .map((key) => `Pulumi config ${key} is unknown: use one of ${settingNames.join(", ")}`);
}
