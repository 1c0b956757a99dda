import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem, type } from "node:os";
import path from "node:path";

/** The machine of a measurement. */
export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The software that all measurements use. */
export interface Installation {
  /** The folder of the Pulumi CLI. */
  readonly engine: string;
  /** The folder in which the packed tarball is installed, with the bundle of the plugin in it. */
  readonly folder: string;
}

/** Returns this machine with the versions of everything that a benchmark runs. */
export const describeBenchMachine = ({ engine, folder }: Installation): Machine =>
  describeMachine({
    "@pulumi/pulumi": readVersion(path.join(folder, "node_modules", "@pulumi", "pulumi", "package.json")),
    pulumi: outputOrUnknown(path.join(engine, "pulumi"), "version").replace(/^v/, ""),
    "redis-server": /v=([\d.]+)/.exec(outputOrUnknown("redis-server", "--version"))?.[1] ?? "unknown",
  });

/** Returns this machine with the version of the package, its commit, and the other versions. */
export function describeMachine(otherVersions: Readonly<Record<string, string>> = {}): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    processors: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${/^[\d.]*/.exec(release())?.[0]}`,
    versions: {
      "pulumi-tencentcloud-redis": readVersion(
        createRequire(__filename).resolve("pulumi-tencentcloud-redis/package.json"),
      ),
      commit: outputOrUnknown("git", "rev-parse", "--short", "HEAD"),
      node: process.version.replace(/^v/, ""),
      ...otherVersions,
    },
  };
}

const readVersion = (packageJson: string): string =>
  (JSON.parse(readFileSync(packageJson, "utf8")) as { version: string }).version;

/** A missing command must not stop a benchmark: results without a version are better than none. */
function outputOrUnknown(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: __dirname, stdio: "pipe" }).toString().trim();
  } catch {
    return "unknown";
  }
}
