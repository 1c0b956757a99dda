import { readFileSync } from "node:fs";

import { UsageError } from "./usageError";

/** The environment variables with the defaults of secrets. */
export const secretVariables = {
  password: "TENCENT_REDIS_LOCAL_PASSWORD",
  secretKey: "TENCENT_REDIS_LOCAL_SECRET_KEY",
  webIdentityToken: "TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN",
} as const;

/**
 * Removes a secret from the environment, so that Redis servers do not inherit it, and returns it. Empty counts as
 * unset.
 */
export function takeSecret(environment: NodeJS.ProcessEnv, secret: keyof typeof secretVariables): string | undefined {
  const name = secretVariables[secret];
  const value = environment[name];
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- assigning undefined would set it to a text
  delete environment[name];
  return value === "" ? undefined : value;
}

/**
 * Reads a secret from a file, without the line break that editors add at the end.
 *
 * @throws UsageError if the file cannot be read, is empty or has more than one line
 */
export function readSecretFile(option: string, file: string): string {
  const secret = readFile(option, file).replace(/\r?\n$/, "");
  if (secret === "") throw new UsageError(option, `${file} is empty`);
  if (/[\r\n]/.test(secret)) throw new UsageError(option, `${file} has more than one line`);
  return secret;
}

function readFile(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileError(option, "read", file, error);
  }
}

/** Returns the error for a file on the command line that cannot be used. */
export function fileError(option: string, verb: "read" | "write", file: string, cause: unknown): UsageError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  const reason = reasons[code] ?? message;
  return new UsageError(option, `cannot ${verb} ${file}: ${reason}${code === "" ? "" : ` (${code})`}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  EROFS: "the file system is read-only",
};
