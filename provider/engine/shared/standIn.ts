/**
 * The value that the plugin returns for the output `password`. If a provider returns none, SDKs use the input as the
 * output: a program that exports the whole resource would then have the password among its stack's outputs.
 */
export const standIn = { password: "[not recorded]" } as const;

/** Returns recorded outputs without {@link standIn}. */
export function withoutStandIn<T extends object>(outputs: T): T {
  const known: T & { password?: unknown } = { ...outputs };
  delete known.password;
  return known;
}
