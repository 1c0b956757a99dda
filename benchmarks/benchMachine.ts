import path from "node:path";

import { type Machine, describeMachine, versionIn, versionPrintedBy } from "./machine";
import type { Place } from "./place";

/** The machine, with the versions of all that takes part. */
export const describeBenchMachine = ({ engine, installed }: Place): Machine =>
  describeMachine({
    "@pulumi/pulumi": versionIn(path.join(installed, "node_modules", "@pulumi", "pulumi", "package.json")),
    pulumi: versionPrintedBy(path.join(engine, "pulumi"), "version").replace(/^v/, ""),
    "redis-server": /v=([\d.]+)/.exec(versionPrintedBy("redis-server", "--version"))?.[1] ?? "unknown",
  });
