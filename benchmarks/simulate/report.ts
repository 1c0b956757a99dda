import type { Machine } from "../results/machine";
import { markdownTable } from "../../tools/markdownTable";
import type { FleetOptions } from "./fleet";
import type { FleetFigures } from "./measure";

/** The content of results/simulate.json. */
export interface SimulationResults {
  readonly machine: Machine;
  /** The options that all fleets share. */
  readonly fleet: Omit<FleetOptions, "processes">;
  /** By the number of processes. */
  readonly figures: Readonly<Record<string, FleetFigures>>;
}

interface Row {
  readonly name: string;
  readonly valueOf: (figures: FleetFigures) => number;
  /** The highest acceptable value. */
  readonly goal?: number;
}

const rows: readonly Row[] = [
  { name: "total time, s", valueOf: ({ totalSeconds }) => totalSeconds },
  { name: "lower bound, s", valueOf: ({ boundSeconds }) => boundSeconds },
  { name: "total time, times the lower bound", valueOf: ({ ratioToBound }) => ratioToBound, goal: 1.25 },
  {
    name: "slowest process, times the median",
    valueOf: ({ ratioOfSlowestProcess }) => ratioOfSlowestProcess,
    goal: 1.5,
  },
  { name: "unnecessary resets", valueOf: ({ resetsWithoutNeed }) => resetsWithoutNeed, goal: 0 },
  { name: "instances never done", valueOf: ({ starvedInstances }) => starvedInstances, goal: 0 },
  { name: "instances that needed a second `up`", valueOf: ({ instancesWithSecondUp }) => instancesWithSecondUp },
  { name: "slowest instance, s", valueOf: ({ slowestInstanceSeconds }) => slowestInstanceSeconds },
  ...["ResetPassword", "DescribeTaskList", "DescribeTaskInfo"].flatMap((action): Row[] => [
    { name: `${action} requests per instance`, valueOf: ({ requestsPerInstance: all }) => all[action] ?? 0 },
    { name: "… of these throttled", valueOf: ({ refusedPerInstance: refused }) => refused[action] ?? 0 },
  ]),
];

/** Returns the names of the goals that these figures miss. */
export const missedGoals = (figures: FleetFigures): string[] =>
  rows.filter(({ valueOf, goal = Infinity }) => valueOf(figures) > goal).map(({ name }) => name);

/** Returns the table of docs/fleet.md: the figures by the number of processes, with missed goals in bold. */
export function fleetTable({ figures }: SimulationResults): string {
  const cells = rows.map(({ name, valueOf, goal = Infinity }) => {
    const values = Object.values(figures).map((column) => {
      const value = valueOf(column);
      const shown = String(Number(value.toFixed(value < 100 ? 2 : 0)));
      return value > goal ? `**${shown}**` : shown;
    });
    return [name, ...values, goal === Infinity ? "" : `≤ ${goal}`];
  });
  return markdownTable(["processes", ...Object.keys(figures), "goal"], cells);
}
