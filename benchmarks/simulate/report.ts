import type { Machine } from "../machine";
import { markdownTable } from "../markdownTable";
import type { FleetOptions } from "./fleet";
import type { FleetFigures } from "./measure";

/** A run of all fleets, as it is kept. */
export interface SimulationResults {
  readonly machine: Machine;
  /** What all fleets have in common. */
  readonly fleet: Omit<FleetOptions, "processes">;
  /** By the number of processes. */
  readonly figures: Readonly<Record<string, FleetFigures>>;
}

interface Row {
  readonly name: string;
  readonly valueOf: (figures: FleetFigures) => number;
  /** The highest value that will do. */
  readonly goal?: number;
}

const rows: readonly Row[] = [
  { name: "total time, s", valueOf: ({ totalSeconds }) => totalSeconds },
  { name: "what quota and tasks alone take, s", valueOf: ({ boundSeconds }) => boundSeconds },
  { name: "total time against that", valueOf: ({ ratioToBound }) => ratioToBound, goal: 1.25 },
  {
    name: "slowest process against the median",
    valueOf: ({ ratioOfSlowestProcess }) => ratioOfSlowestProcess,
    goal: 1.5,
  },
  { name: "resets without need", valueOf: ({ resetsWithoutNeed }) => resetsWithoutNeed, goal: 0 },
  { name: "instances never done", valueOf: ({ starvedInstances }) => starvedInstances, goal: 0 },
  { name: "instances that took a second `up`", valueOf: ({ instancesWithSecondUp }) => instancesWithSecondUp },
  { name: "longest for one instance, s", valueOf: ({ slowestInstanceSeconds }) => slowestInstanceSeconds },
  ...["ResetPassword", "DescribeTaskList", "DescribeTaskInfo"].flatMap((action): Row[] => [
    { name: `${action} requests per instance`, valueOf: ({ requestsPerInstance: all }) => all[action] ?? 0 },
    { name: "… refused, of these", valueOf: ({ refusedPerInstance: refused }) => refused[action] ?? 0 },
  ]),
];

/** The names of the goals that these figures miss. */
export const missedGoals = (figures: FleetFigures): string[] =>
  rows.filter(({ valueOf, goal = Infinity }) => valueOf(figures) > goal).map(({ name }) => name);

/** The figures by the number of processes. What misses its goal is in bold. */
export function tableOf({ figures }: SimulationResults): string {
  const cells = rows.map(({ name, valueOf, goal = Infinity }) => {
    const values = Object.values(figures).map((column) => {
      const value = valueOf(column);
      const shown = String(Number(value.toFixed(value < 100 ? 2 : 0)));
      return value > goal ? `**${shown}**` : shown;
    });
    return [name, ...values, goal === Infinity ? "" : `at most ${goal}`];
  });
  return markdownTable(["processes", ...Object.keys(figures), "goal"], cells);
}
