import { parseArgs } from "node:util";

import { UsageError } from "./usageError";

/** The options that a command understands, by their names without dashes. */
export type OptionTable = Readonly<
  Record<string, { readonly type: "string" | "boolean"; readonly short?: string; readonly multiple?: true }>
>;

/** The values of the options that were given, in their order; a flag has the value "". */
export type GivenOptions = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a command line of options alone. `parseArgs` itself would print what it does not expect, which may be a secret.
 *
 * @throws UsageError
 */
export function parseArguments(args: readonly string[], table: OptionTable): GivenOptions {
  const { tokens } = parseArgs({ args: [...args], options: table, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") throw new UsageError(`argument ${token.index + 1}`, "is not an option");
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) throw new UsageError(rawName, "unknown option");
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.multiple) throw new UsageError(`--${name}`, "is given twice");
    if (option.type === "boolean" && value !== undefined) throw new UsageError(`--${name}`, "takes no value");
    if (option.type === "string") requireValue(name, value, inlineValue);
    given.set(name, [...values, value ?? ""]);
  }
  return given;
}

/** In `--log --port 80` the value of `--log` was forgotten. A number may be negative. */
function requireValue(name: string, value: string | undefined, inlineValue: boolean | undefined): void {
  if (value !== undefined && (inlineValue || !/^-(?!\d)./.test(value))) return;
  const hint = value === undefined ? "" : `; one that begins with a dash is given as --${name}=VALUE`;
  throw new UsageError(`--${name}`, `needs a value${hint}`);
}
