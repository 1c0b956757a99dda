import { execFileSync } from "node:child_process";
import { type Dirent, type Stats, existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const sampleMs = 50;

/** Takes samples while a promise is pending. It may miss what exists for a shorter time than the interval. */
export async function sampling<T>(running: Promise<T>, sample: () => void): Promise<T> {
  const end = new AbortController();
  const samples = (async () => {
    while (!end.signal.aborted) {
      sample();
      await pause(sampleMs);
    }
  })();
  try {
    return await running;
  } finally {
    end.abort();
    await samples;
  }
}

const hasProc = existsSync("/proc/self/cmdline");

/** Returns the command lines of all processes of this machine, which every user can read. */
export function commandLines(): string[] {
  if (!hasProc) return execFileSync("ps", ["-A", "-o", "args="]).toString().split("\n");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => unlessGone(() => readFileSync(`/proc/${id}/cmdline`, "latin1")) ?? []);
}

export interface FileSeen {
  readonly file: string;
  readonly stats: Stats;
}

/** Returns all files, folders and symbolic links that exist below a folder now. Links are not followed. */
export function filesBelow(folder: string, isLeftOut: (file: string) => boolean = () => false): FileSeen[] {
  const entries = unlessGone<Dirent[]>(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (isLeftOut(file)) return [];
    const stats = unlessGone(() => lstatSync(file));
    const found = stats ? [{ file, stats }] : [];
    return entry.isDirectory() ? [...found, ...filesBelow(file, isLeftOut)] : found;
  });
}

/** Returns undefined if the process or file is gone by now. */
export function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ESRCH", "ENOTDIR", "EACCES"].includes(code)) return undefined;
    throw error;
  }
}
