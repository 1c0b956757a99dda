import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { fileError } from "./secrets";
import { UsageError } from "./usageError";

/** By this line a file is known to be of this command, and may be replaced. */
const firstLine = "# Written by tencent-redis-local, which deletes it when it ends.\n";

/** A line for each variable, as any POSIX shell reads it. */
export const exportLines = (environment: Readonly<Record<string, string>>): string =>
  firstLine +
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");

/**
 * Writes a file for a shell to source, which only its owner can read. It appears complete, so that a script can wait
 * for it.
 *
 * @returns a function that deletes it, unless another cloud has replaced it
 * @throws UsageError when it cannot be written, or somebody else's file is there
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
  // Writing a folder fails with a reason of its own.
  if (!there || there.isDirectory()) return;
  if (there.isFile() && readFileSync(file, "utf8").startsWith(firstLine)) return;
  throw new UsageError("--export", `${file} exists and was not written by this command`);
}
