/** A value by its name; undefined if it is not set, or set to nothing. */
export type Lookup = (name: string) => string | undefined;

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

/** A setting in one place, under the name that the user knows, such as `tencentcloud:profile`. */
export interface Setting {
  readonly name: string;
  /** Undefined where it is not set. */
  readonly value: string | undefined;
}

/** One place in which users set things: a namespace of the stack's config, or the environment. */
export interface SettingPlace<Name = CredentialSetting> {
  /** As errors call it. */
  readonly title: string;
  /** The environment has a variable for each field of an object, config the object as JSON. */
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
