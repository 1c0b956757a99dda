/**
 * Removes the stack from an error of this package: Pulumi prints the stack of an error in check, diff or read, which would
 * hide the message.
 */
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
