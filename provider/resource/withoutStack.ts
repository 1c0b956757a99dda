/** An error that says all in its sentence: Pulumi prints the stack of what check, diff and read throw, which would hide it. */
export const sentence = (text: string): Error => Object.assign(new Error(text), { stack: "" });

/** Takes the stack from an error of this package, to the same end. */
export function withoutStack(error: unknown): unknown {
  if (error instanceof Error && ownErrors.has(error.name)) error.stack = "";
  return error;
}

const ownErrors: ReadonlySet<string> = new Set([
  "ApiError",
  "TaskError",
  "TransportError",
  "CredentialsError",
  "SettingsError",
  "InstanceError",
]);
