/**
 * The rule for the name of a custom account: that of CreateInstanceAccount, without reserved names. `default` is a user
 * that every Redis server has.
 *
 * @see https://www.tencentcloud.com/document/product/239/33297
 */
export const accountNameRule =
  "an account's name must have 1 to 32 letters, digits, hyphens or underscores, and not be root or default";

export const isAccountName = (name: string): boolean =>
  /^[\w-]{1,32}$/.test(name) && name !== "root" && name !== "default";
