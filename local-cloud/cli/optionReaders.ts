import { openSync, writeSync } from "node:fs";

import type { LocalCloudOptions } from "../setup/options";
import { fileError, readSecretFile, type secretVariables, takeSecret } from "./secrets";
import { UsageError } from "./usageError";

/** An option of a command line: its name with dashes, and its values; undefined if it is absent. */
export interface GivenOption {
  readonly option: string;
  readonly values: readonly string[] | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** Reads the value of an option; undefined means the default. @throws UsageError */
export type OptionReader<Value> = (given: GivenOption) => Value | undefined;

export const readText = ({ values }: GivenOption): string | undefined => values?.[0];

export const readTexts = ({ values }: GivenOption): readonly string[] | undefined => values;

export function readNumber(least: number): OptionReader<number> {
  return ({ option, values }) => {
    const text = values?.[0];
    if (text === undefined) return undefined;
    const value = text.trim() === "" ? NaN : Number(text);
    if (!(value >= least && value < Infinity)) throw new UsageError(option, `must be a number, ${least} or more`);
    return value;
  };
}

/** Reads a secret from the file that the option names, otherwise from the environment. */
export function readSecret(secret: keyof typeof secretVariables): OptionReader<string> {
  return ({ option, values, environment }) => {
    const file = values?.[0];
    const fromEnvironment = takeSecret(environment, secret);
    return file === undefined ? fromEnvironment : readSecretFile(option, file);
  };
}

/** Opens the log immediately: at the first request it would be too late to report that it cannot be written. */
export function openLog({ option, values }: GivenOption): LocalCloudOptions["onRequest"] {
  const file = values?.[0];
  if (file === undefined) return undefined;
  try {
    const descriptor = openSync(file, "a");
    return (record) => writeSync(descriptor, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw fileError(option, "write", file, error);
  }
}
