import { markdownTable } from "../../tools/markdownTable";
import { figures, requestCount, secondsTaken } from "./figures";
import type { EngineRun, Figure, Measurement, Measurements, Results } from "../results/results";
import { medianWhere } from "./statistics";

/** Returns all results that docs/performance.md shows. */
export function performanceTables(results: Results): string {
  const { measurements, scale } = results;
  return [figuresTable(figures(measurements, scale)), sizesTable(measurements), machines(measurements)].join("\n\n");
}

/** Returns the table of figures and their goals. */
export function figuresTable(all: readonly Figure[]): string {
  const rows = all.map(({ what, unit, goal = Infinity, value }) => [
    what,
    // Only the first word, the unit itself.
    goal === Infinity ? "" : `≤ ${goal} ${unit.split(" ", 1)[0]}`,
    `${shown(value)} ${unit}`,
    goal === Infinity ? "" : value <= goal ? "met" : "**missed**",
  ]);
  return markdownTable(["measured", "goal", "result", ""], rows);
}

/** Returns the table of durations and requests by number of resources. */
export function sizesTable({ preview, up, thousand }: Measurements): string {
  const previews = preview?.samples ?? [];
  const ups = up?.samples ?? [];
  // Without checkpoints, a run has another duration but the same requests.
  const allUps = [...ups, ...(thousand?.samples ?? [])];
  const sizes = [...new Set([...previews, ...allUps].map(({ resources }) => resources))].sort((a, b) => a - b);
  const cell = (runs: readonly EngineRun[], properties: Partial<EngineRun>, value = secondsTaken) => {
    const median = medianWhere(runs, properties, value);
    return Number.isNaN(median) ? "" : shown(median);
  };
  const rows = sizes.map((resources) => {
    const [ours, plugin, bare] = (["ours", "plugin", "bare"] as const).map((who) => ({ who, resources }));
    const slow = { taskSeconds: 5 };
    return [
      String(resources),
      ...[ours, plugin, bare].map((subject) => cell(previews, { ...subject })),
      ...[{ ...ours, ...slow }, { ...plugin, ...slow }, { ...bare }].map((subject) => cell(ups, subject)),
      cell(allUps, { ...ours, ...slow }, requestCount),
    ];
  });
  const columns = ["`preview`, s", "plugin", "bare", "`up`, tasks of 5 s, s", "plugin", "bare", "requests"];
  return markdownTable(["resources", ...columns], rows);
}

/** Returns the machines and versions, usually one of each, with the days of their measurements. */
function machines(measurements: Measurements): string {
  const days = new Map<string, Set<string>>();
  for (const { takenAt, machine } of Object.values(measurements) as Measurement<unknown>[]) {
    const description = describeMachine(machine);
    days.set(description, (days.get(description) ?? new Set()).add(takenAt.slice(0, 10)));
  }
  return [...days].map(([machine, on]) => `Measured on ${[...on].sort().join(" and ")} on ${machine}.`).join("\n");
}

function describeMachine(machine: Measurement<unknown>["machine"]): string {
  const { processor, processors, memoryGiB, system, versions } = machine;
  // Measurements of different commits share a row; results/bench.json has the commits.
  const names = Object.keys(versions).filter((name) => name !== "commit");
  const software = names.map((name) => `${name} ${versions[name]}`).join(", ");
  const hardware = `${processors} processors (${processor}), ${memoryGiB} GiB`;
  return `${system}, ${hardware}: ${software}`;
}

/** Rounds to three significant digits. */
const shown = (value: number): string => String(Number(value.toPrecision(3)));
