import { settings } from "../../../provider/resource/settings/settingNames";

const [webIdentityToken] = settings.assumeRoleWithWebIdentity.variables;

/** The environment variables in which the end-to-end tests pass secrets, to the provider or to their programs. */
export const secretVariables: readonly string[] = [
  ...settings.secretKey.variables,
  ...settings.securityToken.variables,
  webIdentityToken,
  "REDIS_PASSWORD",
  "REDIS_PASSWORDS",
  "REDIS_PASSWORD_KEY",
  "OTHER_PASSWORD",
  // GitHub's token with which a job requests its identity.
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
];
