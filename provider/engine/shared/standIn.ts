/**
 * What the plugin answers for the output `password`. Where a provider answers none, an SDK takes the input for the output:
 * a program that exports the whole resource would then have the password among the outputs of its stack.
 */
export const standIn = { password: "[not recorded]" };

/** Returns recorded outputs without it. */
export function withoutStandIn<T extends object>(outputs: T): T {
  const known: T & { password?: unknown } = { ...outputs };
  delete known.password;
  return known;
}
