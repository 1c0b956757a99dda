import { parseArgs } from "node:util";

import { UsageError } from "./usageError";

/** The options that a command understands, by their names without dashes. */
export type OptionTable = Readonly<
  Record<
    string,
    {
      readonly short?: string;
      /** The placeholder for the value in the usage text. A flag has none. */
      readonly value?: string;
      readonly repeatable?: true;
      /** Its text in the usage text, with line breaks. */
      readonly help: string;
    }
  >
>;

/** The values of the options on the command line, in order; a flag has the value "". */
export type GivenOptions = ReadonlyMap<string, readonly string[]>;

/**
 * Parses a command line that consists of options only. `parseArgs` is not strict here: its errors quote unexpected
 * arguments, which may be secrets.
 *
 * @throws UsageError
 */
export function parseArguments(args: readonly string[], table: OptionTable): GivenOptions {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { short, value }]) => {
      const type = value === undefined ? ("boolean" as const) : ("string" as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") throw new UsageError(`argument ${token.index + 1}`, "is not an option");
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) throw new UsageError(rawName, "unknown option");
    const values = given.get(name) ?? [];
    if (values.length > 0 && !option.repeatable) throw new UsageError(`--${name}`, "is given twice");
    if (option.value !== undefined) requireValue(name, value, inlineValue);
    else if (value !== undefined) throw new UsageError(`--${name}`, "does not accept a value");
    given.set(name, [...values, value ?? ""]);
  }
  return given;
}

/** Detects a missing value: in `--log --port 80` the value of `--log` is missing. A number may be negative. */
function requireValue(name: string, value: string | undefined, inlineValue: boolean | undefined): void {
  if (value !== undefined && (inlineValue || !/^-(?!\d)./.test(value))) return;
  const hint = value === undefined ? "" : `; if it begins with a dash, write --${name}=VALUE`;
  throw new UsageError(`--${name}`, `requires a value${hint}`);
}
