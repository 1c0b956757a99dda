import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import path from "node:path";

import type { Place } from "./place";

/** On what something was measured. */
export interface Environment {
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly system: string;
  };
  readonly versions: Readonly<Record<string, string>>;
}

export function describeEnvironment({ engine, installed }: Place): Environment {
  const versionOf = (name: string): string => {
    const manifest = path.join(installed, "node_modules", name, "package.json");
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  };
  return {
    machine: {
      processor: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      memoryBytes: totalmem(),
      system: `${type()} ${release()}`,
    },
    versions: {
      "pulumi-tencentcloud-redis": versionOf("pulumi-tencentcloud-redis"),
      commit: firstLineOf("git", ["rev-parse", "--short", "HEAD"]),
      "@pulumi/pulumi": versionOf("@pulumi/pulumi"),
      pulumi: firstLineOf(path.join(engine, "pulumi"), ["version"]),
      node: process.version,
      redis: /v=([\d.]+)/.exec(firstLineOf("redis-server", ["--version"]))?.[1] ?? "unknown",
    },
  };
}

function firstLineOf(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: __dirname, stdio: "pipe" }).toString().split("\n")[0] ?? "";
  } catch {
    return "unknown";
  }
}
