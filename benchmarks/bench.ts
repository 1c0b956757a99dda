/** Measures the package under the real CLI, against a bare dynamic resource: docs/performance.md tells what, and how. */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { installPacked } from "../tools/installPacked";
import { ensurePulumi } from "../tools/pulumiEngine";
import { ensureRedisServer } from "../tools/redisServer";
import { describeBenchMachine } from "./benchMachine";
import { publish } from "./documentation";
import { figuresOf } from "./figures";
import { figuresTable } from "./figuresTable";
import { measureLoading } from "./measurements/loading";
import { measureNoticing } from "./measurements/noticing";
import { measurePreviews } from "./measurements/preview";
import { measureState } from "./measurements/state";
import { measureThousand, measureUps } from "./measurements/up";
import type { Place } from "./place";
import type { Measurement, MeasurementName, Measurements, Samples } from "./results";
import { committedResults, readResults, triedResults, writeResults } from "./resultsFile";
import { type Scale, fullScale, quickScale } from "./scale";
import { Workbench } from "./workbench";

const measures: {
  readonly [Name in MeasurementName]: (bench: Workbench, scale: Scale) => Promise<Samples[Name][]>;
} = {
  loading: measureLoading,
  state: measureState,
  noticing: measureNoticing,
  preview: measurePreviews,
  up: measureUps,
  thousand: measureThousand,
};

const names = Object.keys(measures) as MeasurementName[];

const usage = `npm run bench                   measures all: half an hour, on a machine that does nothing else
npm run bench -- <name> …       only these of ${names.join(", ")}, and keeps the other results
npm run bench -- --quick        to try it: few runs of few resources; the results go to reports/`;

async function main(): Promise<void> {
  const { chosen, scale, file } = readArguments();
  await ensureRedisServer();
  const installed = mkdtempSync(path.join(tmpdir(), "bench-installed-"));
  try {
    const place = { engine: await ensurePulumi(), installed };
    installPacked(installed);
    for (const name of chosen) {
      const measurement = await take(name, place, scale);
      // Each is kept as soon as it is there.
      const measurements: Measurements = { ...readResults(file)?.measurements, [name]: measurement };
      await writeResults(file, { scale, figures: figuresOf(measurements, scale), measurements });
    }
  } finally {
    rmSync(installed, { recursive: true, force: true });
  }
  const results = readResults(file);
  if (!results) return;
  console.log(`\n${figuresTable(results.figures)}\n\nAll of it: ${file}`);
  // What was only tried is not to be shown.
  if (file === committedResults) publish(results);
}

function readArguments(): { chosen: MeasurementName[]; scale: Scale; file: string } {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean" } } });
  const chosen = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name));
  if (chosen.length < positionals.length) throw new Error(usage);
  return {
    chosen,
    ...(values.quick ? { scale: quickScale, file: triedResults } : { scale: fullScale, file: committedResults }),
  };
}

async function take<Name extends MeasurementName>(
  name: Name,
  place: Place,
  scale: Scale,
): Promise<Measurement<Samples[Name]>> {
  console.log(name);
  const bench = new Workbench(place);
  const [loadBefore = 0] = loadavg();
  const takenAt = new Date().toISOString();
  try {
    const samples = await Promise.race([measures[name](bench, scale), interrupted()]);
    return { takenAt, machine: describeBenchMachine(place), loadBefore, samples: rounded(samples) };
  } finally {
    await bench.clear();
  }
}

/** To the digits that can mean something, so that the file can be read. */
const rounded = <Value>(samples: Value): Value =>
  JSON.parse(
    JSON.stringify(samples, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(5)) : value)),
  ) as Value;

/** Rejects on Ctrl-C and the like, so that nothing is left behind then either. */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => reject(new Error(signal)));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
