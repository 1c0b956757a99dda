import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem, type } from "node:os";

/** What figures were taken on, to stand beside them. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** This machine, with the version of the package and of whatever else takes part. */
export function describeMachine(otherVersions: Readonly<Record<string, string>> = {}): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    processors: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${/^[\d.]*/.exec(release())?.[0]}`,
    versions: {
      "pulumi-tencentcloud-redis": versionIn(
        createRequire(__filename).resolve("pulumi-tencentcloud-redis/package.json"),
      ),
      commit: versionPrintedBy("git", "rev-parse", "--short", "HEAD"),
      node: process.version.replace(/^v/, ""),
      ...otherVersions,
    },
  };
}

export const versionIn = (packageJson: string): string =>
  (JSON.parse(readFileSync(packageJson, "utf8")) as { version: string }).version;

/** Unknown where the command is missing: figures without it are better than none. */
export function versionPrintedBy(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: __dirname, stdio: "pipe" }).toString().trim();
  } catch {
    return "unknown";
  }
}
