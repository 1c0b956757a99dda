/** Ten thousand instances, and one, ten or fifty processes that share one account's quota: how long does it take? */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { describeMachine } from "../machine";
import { simulateFleet } from "./fleet";
import { type FleetFigures, figuresOf } from "./measure";
import { type SimulationResults, tableOf } from "./report";

const root = path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json"));
const { version } = createRequire(__filename)("pulumi-tencentcloud-redis/package.json") as { version: string };
const fleet = { seed: 1, instances: 10_000, parallel: 1000, timeoutSeconds: 3600, lostAnswers: 0.01 };

async function main(): Promise<void> {
  const figures: Record<string, FleetFigures> = {};
  for (const processes of [1, 10, 50]) {
    console.log(`${fleet.instances} instances, ${processes} ${processes === 1 ? "process" : "processes"} …`);
    figures[processes] = figuresOf(await simulateFleet({ ...fleet, processes }), fleet.instances);
  }
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root }).toString().trim();
  const versions = { "pulumi-tencentcloud-redis": version, commit, node: process.version };
  const results = { machine: describeMachine(), versions, fleet, figures };
  console.log(`\n${tableOf(results)}`);
  write(results);
}

function write(results: SimulationResults): void {
  const folder = path.join(root, "benchmarks", "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "simulate.json"), `${JSON.stringify(results, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
