import { CloudError } from "../protocol/cloudError";

const classes: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /\d/, /[()~!@#$%^&*\-+=_|{}[\]:;<>,.?/]/];

/**
 * Returns the password if it follows the service's rules.
 *
 * @throws CloudError
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export function requirePassword(password: string | undefined): string {
  if (!password) {
    throw new CloudError("InvalidParameterValue.PasswordEmpty", "The password is empty.");
  }
  const kinds = classes.filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 64 || password.startsWith("/") || kinds < 2) {
    throw new CloudError(
      "InvalidParameterValue.PasswordRuleError",
      "The password must have 8 to 64 characters of at least two kinds, and must not start with a slash.",
    );
  }
  return password;
}

/**
 * Rejects an encrypted password: the encryption is not documented, and taking it literally would set an unknown
 * password.
 *
 * @throws CloudError
 */
export function refuseEncrypted(encryptPassword: boolean | undefined): void {
  if (encryptPassword) {
    throw new CloudError("FailedOperation.UnSupportError", "This instance does not support EncryptPassword.");
  }
}
