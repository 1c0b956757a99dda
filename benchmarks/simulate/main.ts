/** Simulates the rotation of 10,000 instances by 1, 10 and 50 processes that share the rate limit of one account. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../../tools/root";
import { describeMachine } from "../results/machine";
import { simulateFleet } from "./fleet";
import { type FleetFigures, computeFigures } from "./measure";
import { type SimulationResults, fleetTable } from "./report";

const fleet = { seed: 1, instances: 10_000, parallel: 1000, timeoutSeconds: 3600, lostAnswers: 0.01 };

async function main(): Promise<void> {
  const figures: Record<string, FleetFigures> = {};
  for (const processes of [1, 10, 50]) {
    console.log(`${fleet.instances} instances, ${processes} ${processes === 1 ? "process" : "processes"} …`);
    figures[processes] = computeFigures(await simulateFleet({ ...fleet, processes }), fleet.instances);
  }
  const results = { machine: describeMachine(), fleet, figures };
  write(results);
  console.log(`\n${fleetTable(results)}\n\nRun \`npm run generate\` to update docs/fleet.md.`);
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
