/** The settings that credentials depend on. */
type CredentialSetting =
  | "secretId"
  | "secretKey"
  | "securityToken"
  | "profile"
  | "sharedCredentialsDir"
  | "credentialsFile"
  | "assumeRole"
  | "assumeRoleWithWebIdentity"
  | "camRoleName";

/** A setting in one place, under the user's name for it, such as `tencentcloud:profile`. */
export interface Setting {
  readonly name: string;
  /** Undefined if it is not set. */
  readonly value: string | undefined;
}

/** One place for settings: a namespace of the stack's config, or the environment. */
export interface SettingPlace<Name = CredentialSetting> {
  /** The name of the place in errors. */
  readonly title: string;
  /** The environment has one variable per field of an object, while config holds the object as JSON. */
  readonly isEnvironment: boolean;
  readonly read: (setting: Name) => Setting;
}

/** Returns a setting from the first place that has it. */
export function firstSetting<Name>(
  places: readonly SettingPlace<Name>[],
  setting: Name,
): { readonly name: string; readonly value: string } | undefined {
  for (const { read } of places) {
    const { name, value } = read(setting);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}
