import type { OptionProblem, OptionsError } from "../setup/optionsError";
import { serveOptions } from "./serveOptions";

interface Explanation {
  readonly line: string;
  /** 2 for a usage error, 1 for any other error. */
  readonly exitCode: 1 | 2;
}

/** Returns one line that says why a command failed; after a usage error, it names the arguments that print the help. */
export function explain(error: unknown, help: "--help" | "reset --help"): Explanation {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const [firstLine = ""] = (isOptionsError(error) ? error.problems.map(problemLine).join("; ") : message).split("\n");
  if (name !== "UsageError" && name !== "OptionsError") return { line: firstLine, exitCode: 1 };
  return { line: `${firstLine}. See \`tencent-redis-local ${help}\`.`, exitCode: 2 };
}

/** Compares the name, because index.js and main.js each have a copy of the class. */
const isOptionsError = (error: unknown): error is OptionsError =>
  error instanceof Error && error.name === "OptionsError";

function problemLine({ option, path, reason }: OptionProblem): string {
  const [index] = path;
  const which = index === undefined ? "" : ` number ${Number(index) + 1}`;
  return `${nameSources(option)}${which}: ${reason}`;
}

/** Returns the command-line option and the environment variable that set an option of the cloud. */
function nameSources(option: string): string {
  const [name, { variable = "" } = {}] = Object.entries(serveOptions).find(([, { sets }]) => sets === option) ?? [];
  const flag = name === undefined ? option : `--${name}`;
  return variable === "" ? flag : `${flag} or ${variable}`;
}
