import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { fileError } from "./secrets";

/** A line for each variable, as any POSIX shell reads it. */
export const exportLines = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");

/**
 * Writes a file for a shell to source, which only its owner can read. It appears complete, so that a script can wait
 * for it.
 *
 * @returns a function that deletes it, unless another cloud has replaced it
 * @throws UsageError when it cannot be written
 */
export function writeExportFile(file: string, environment: Readonly<Record<string, string>>): () => void {
  const lines = exportLines(environment);
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, lines, { mode: 0o600, flag: "wx" });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw fileError("--export", "write", file, error);
  }
  return () => {
    if (existsSync(file) && readFileSync(file, "utf8") === lines) rmSync(file);
  };
}
