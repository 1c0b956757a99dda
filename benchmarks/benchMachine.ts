import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { type Machine, describeMachine } from "./machine";
import type { Place } from "./place";

/** The machine, with the versions of all that takes part. */
export function describeBenchMachine({ engine, installed }: Place): Machine {
  const pulumiSdk = path.join(installed, "node_modules", "@pulumi", "pulumi", "package.json");
  const machine = describeMachine();
  return {
    ...machine,
    versions: {
      ...machine.versions,
      commit: printedBy("git", "rev-parse", "--short", "HEAD"),
      "@pulumi/pulumi": (JSON.parse(readFileSync(pulumiSdk, "utf8")) as { version: string }).version,
      pulumi: printedBy(path.join(engine, "pulumi"), "version").replace(/^v/, ""),
      "redis-server": /v=([\d.]+)/.exec(printedBy("redis-server", "--version"))?.[1] ?? "unknown",
    },
  };
}

function printedBy(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: __dirname, stdio: "pipe" }).toString().trim();
  } catch {
    return "unknown";
  }
}
