/**
 * The names of all settings outside the resource's inputs. The table in docs/credentials.md is generated from them.
 * Imports nothing, because the program loads it, too.
 */

interface SettingDescription {
  /**
   * Whether the `tencentcloud` provider has this setting, too. It rejects a stack that sets any other name in its
   * namespace.
   */
  readonly isShared: boolean;
  /** The environment variables for it; the first one that is set is used. */
  readonly variables: readonly string[];
  readonly isSecret?: true;
}

export const settings = {
  // Not from the environment: a resource must not move to another region on another machine.
  region: { isShared: true, variables: [] },
  secretId: { isShared: true, variables: ["TENCENTCLOUD_SECRET_ID"] },
  secretKey: { isShared: true, variables: ["TENCENTCLOUD_SECRET_KEY"], isSecret: true },
  securityToken: {
    isShared: true,
    // The names in Terraform, the vendor's SDKs and the vendor's command line.
    variables: ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"],
    isSecret: true,
  },
  // The names in Terraform and the vendor's command line.
  profile: { isShared: true, variables: ["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE"] },
  sharedCredentialsDir: { isShared: true, variables: ["TENCENTCLOUD_SHARED_CREDENTIALS_DIR"] },
  credentialsFile: { isShared: false, variables: ["TENCENTCLOUD_CREDENTIALS_FILE"] },
  assumeRole: {
    isShared: true,
    // The names in Terraform and the vendor's command line.
    variables: ["TENCENTCLOUD_ASSUME_ROLE_ARN", "TENCENTCLOUD_ROLE_ARN"],
  },
  assumeRoleWithWebIdentity: {
    isShared: true,
    // Any one of them requests a web identity, so that a missing one is an error.
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

export const settingNames: readonly SettingName[] = Object.keys(settings) as SettingName[];

/** The namespace of this package in Pulumi config. It takes precedence over the shared one. */
export const ownNamespace = "tencentcloud-redis";

/** The namespace of the `tencentcloud` provider. */
export const sharedNamespace = "tencentcloud";

/** Returns one sentence for each unknown key of this package's namespace, without its value. */
export function unknownSettings(configKeys: readonly string[]): string[] {
  const prefix = `${ownNamespace}:`;
  return configKeys
    .filter((key) => key.startsWith(prefix) && !Object.hasOwn(settings, key.slice(prefix.length)))
    .map((key) => `Config ${key} is unknown: use one of ${settingNames.join(", ")}`);
}
