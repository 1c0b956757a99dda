import type { OptionProblem, OptionsError } from "../setup/optionsError";
import { secretVariables } from "./secrets";

/** What sets an option of a local cloud on the command line, where its name is another one. */
const renamed: Readonly<Record<string, string>> = {
  instances: "--instance",
  secretKey: `--secret-key-file or ${secretVariables.secretKey}`,
  webIdentityToken: `--web-identity-token-file or ${secretVariables.webIdentityToken}`,
  roles: "--role",
  faults: "--fault",
  timeZoneHours: "--time-zone",
};

interface Explanation {
  readonly line: string;
  /** 2 for a mistake on the command line, as is usual; 1 for all else. */
  readonly exitCode: 1 | 2;
}

/** Returns one line that says why the command failed. */
export function explain(error: unknown): Explanation {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const [firstLine = ""] = (isOptionsError(error) ? error.problems.map(problemLine).join("; ") : message).split("\n");
  if (name !== "UsageError" && name !== "OptionsError") return { line: firstLine, exitCode: 1 };
  return { line: `${firstLine}. See \`tencent-redis-local --help\`.`, exitCode: 2 };
}

/** By its name: the class in another bundle is another class. */
const isOptionsError = (error: unknown): error is OptionsError =>
  error instanceof Error && error.name === "OptionsError";

function problemLine({ option, path, reason }: OptionProblem): string {
  const flag = renamed[option] ?? `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const [index] = path;
  const which = index === undefined ? "" : ` number ${Number(index) + 1}`;
  return `${flag}${which}: ${reason}`;
}
