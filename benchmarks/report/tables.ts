import { markdownTable } from "../../tools/markdownTable";
import { figures, requestCount, secondsTaken } from "./figures";
import type { EngineRun, Figure, Measurement, Measurements, Results } from "../results/results";
import { medianWhere } from "./statistics";

/** Everything that docs/performance.md shows of the results. */
export function performanceTables(results: Results): string {
  const { measurements, scale } = results;
  return [figuresTable(figures(measurements, scale)), sizesTable(measurements), machines(measurements)].join("\n\n");
}

/** The figures and their goals. */
export function figuresTable(all: readonly Figure[]): string {
  const rows = all.map(({ what, unit, goal = Infinity, value }) => [
    what,
    // The unit alone, without what it is compared with.
    goal === Infinity ? "" : `≤ ${goal} ${unit.split(" ", 1)[0]}`,
    `${shown(value)} ${unit}`,
    goal === Infinity ? "" : value <= goal ? "met" : "**missed**",
  ]);
  return markdownTable(["measured", "goal", "result", ""], rows);
}

/** How seconds and requests grow with the number of resources. */
export function sizesTable({ preview, up, thousand }: Measurements): string {
  const previews = preview?.samples ?? [];
  const ups = up?.samples ?? [];
  // Without checkpoints a run takes another time, but sends the same requests.
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

/** The machines and versions, usually one, each with the days on which it measured. */
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
  // Measurements of several commits are alike; results/bench.json names them.
  const names = Object.keys(versions).filter((name) => name !== "commit");
  const software = names.map((name) => `${name} ${versions[name]}`).join(", ");
  const hardware = `${processors} processors (${processor}), ${memoryGiB} GiB`;
  return `${system}, ${hardware}: ${software}`;
}

/** With three significant digits. */
const shown = (value: number): string => String(Number(value.toPrecision(3)));
