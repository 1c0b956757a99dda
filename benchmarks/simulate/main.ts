/** Ten thousand instances, and one, ten or fifty processes that share one account's quota: how long does it take? */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type Machine, describeMachine } from "../machine";
import { type FleetOptions, simulateFleet } from "./fleet";
import { type FleetFigures, figuresOf } from "./measure";

export interface SimulationResults {
  readonly machine: Machine;
  readonly fleet: Omit<FleetOptions, "processes">;
  /** By the number of processes. */
  readonly figures: Readonly<Record<string, FleetFigures>>;
}

const fleet = {
  seed: 1,
  instances: 10_000,
  parallel: 1000,
  timeoutSeconds: 3600,
  lostAnswers: 0.01,
};

async function main(): Promise<void> {
  const figures: Record<string, FleetFigures> = {};
  for (const processes of [1, 10, 50]) {
    console.log(`${fleet.instances} instances, ${processes} ${processes === 1 ? "process" : "processes"} …`);
    figures[processes] = figuresOf(await simulateFleet({ ...fleet, processes }), fleet.instances);
  }
  console.log(`\n${table(figures)}`);
  write({ machine: describeMachine(), fleet, figures });
}

function write(results: SimulationResults): void {
  const folder = path.join(
    path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json")),
    "benchmarks",
    "results",
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "simulate.json"), `${JSON.stringify(results, null, 2)}\n`);
}

interface Row {
  readonly name: string;
  readonly valueOf: (figures: FleetFigures) => number;
  /** The highest value that will do. */
  readonly goal?: number;
}

const rows: readonly Row[] = [
  { name: "total time, in s", valueOf: ({ totalSeconds }) => totalSeconds },
  { name: "what quota and tasks alone take, in s", valueOf: ({ boundSeconds }) => boundSeconds },
  { name: "total time against that", valueOf: ({ ratioToBound }) => ratioToBound, goal: 1.25 },
  {
    name: "slowest process against the median",
    valueOf: ({ ratioOfSlowestProcess }) => ratioOfSlowestProcess,
    goal: 1.5,
  },
  { name: "resets without need", valueOf: ({ resetsWithoutNeed }) => resetsWithoutNeed, goal: 0 },
  { name: "instances never done", valueOf: ({ starvedInstances }) => starvedInstances, goal: 0 },
  { name: "instances that took a second up", valueOf: ({ instancesWithSecondUp }) => instancesWithSecondUp },
  { name: "longest for one instance, in s", valueOf: ({ slowestInstanceSeconds }) => slowestInstanceSeconds },
  ...["ResetPassword", "DescribeTaskList", "DescribeTaskInfo"].flatMap((action): Row[] => [
    { name: `${action} requests per reset`, valueOf: ({ requestsPerReset }) => requestsPerReset[action] ?? 0 },
    { name: "  refused of these", valueOf: ({ refusedPerReset }) => refusedPerReset[action] ?? 0 },
  ]),
];

function table(figures: Readonly<Record<string, FleetFigures>>): string {
  const lines = rows.map(({ name, valueOf, goal = Infinity }) => {
    const values = Object.values(figures).map(valueOf);
    const shown = values.map((value) => `${Number(value.toFixed(2))}${value > goal ? " !" : ""}`);
    return [name, ...shown, goal === Infinity ? "" : `at most ${goal}`];
  });
  const head = ["processes", ...Object.keys(figures), "goal"];
  return [head, ...lines]
    .map(([name = "", ...cells]) => name.padEnd(40) + cells.map((cell) => cell.padStart(12)).join(""))
    .join("\n");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
