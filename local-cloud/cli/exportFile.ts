import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { fileError } from "./secrets";
import { UsageError } from "./usageError";

/** Identifies a file that this command has written, and may replace. */
const firstLine = "# Written by tencent-redis-local, which deletes it when it ends.\n";

/** Returns one line per variable, in the syntax of any POSIX shell. */
export const exportLines = (environment: Readonly<Record<string, string>>): string =>
  firstLine +
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");

/**
 * Writes a file for a shell to source. Only its owner can read it. The file appears complete, so that a script can wait
 * for it.
 *
 * @returns a function that deletes the file, unless another cloud has replaced it
 * @throws UsageError if it cannot be written, or a file that this command has not written is in its place
 */
export function writeExportFile(file: string, environment: Readonly<Record<string, string>>): () => void {
  const lines = exportLines(environment);
  requireOwn(file);
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

function requireOwn(file: string): void {
  const there = lstatSync(file, { throwIfNoEntry: false });
  // The write to a folder fails with a clear reason later.
  if (!there || there.isDirectory()) return;
  if (there.isFile() && readFileSync(file, "utf8").startsWith(firstLine)) return;
  throw new UsageError("--export", `${file} exists and was not written by this command`);
}
