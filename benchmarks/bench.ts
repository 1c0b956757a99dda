/** Measures the package under the real CLI against a bare dynamic resource. docs/performance.md explains how. */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { installPacked } from "../tools/installPacked";
import { bundlePlugin, pluginEntry, pluginName } from "../tools/pluginBundle";
import { ensurePulumi } from "../tools/pulumiEngine";
import { ensureRedisServer } from "../tools/redisServer";
import { type Installation, describeBenchMachine } from "./results/machine";
import { measureLoading } from "./measurements/loading";
import { measureNoticing } from "./measurements/noticing";
import { measurePreviews } from "./measurements/preview";
import { measureState } from "./measurements/state";
import { measureThousand, measureUps } from "./measurements/up";
import {
  type Measurement,
  type MeasurementName,
  type Samples,
  committedResults,
  quickResults,
  readResults,
  writeResults,
} from "./results/results";
import { type Scale, fullScale, quickScale } from "./results/scale";
import { performanceTables } from "./report/tables";
import { Workbench } from "./workbench/workbench";

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

const usage = `npm run bench                   measures everything: an hour, on an otherwise idle machine
npm run bench -- <name> …       measures only these of ${names.join(", ")}, and keeps the other results
npm run bench -- --quick        tries the benchmarks on few resources, with the results in reports/`;

async function main(): Promise<void> {
  const { chosen, scale, file } = readArguments();
  await ensureRedisServer();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-installed-"));
  try {
    const installation = { engine: await ensurePulumi(), folder };
    installPacked(folder);
    await bundlePlugin(pluginEntry, path.join(folder, pluginName));
    for (const name of chosen) {
      const measurement = await take(name, installation, scale);
      // Written at once, so that an interrupted run loses one measurement only.
      await writeResults(file, { scale, measurements: { ...readResults(file)?.measurements, [name]: measurement } });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const results = readResults(file);
  if (results) console.log(`\n${performanceTables(results)}\n\nAll samples: ${file}`);
  if (file === committedResults) console.log("Run `npm run generate` to update docs/performance.md.");
}

function readArguments(): { chosen: MeasurementName[]; scale: Scale; file: string } {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { quick: { type: "boolean" } } });
  const chosen = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name));
  if (chosen.length < positionals.length) throw new Error(usage);
  return {
    chosen,
    ...(values.quick ? { scale: quickScale, file: quickResults } : { scale: fullScale, file: committedResults }),
  };
}

async function take<Name extends MeasurementName>(
  name: Name,
  installation: Installation,
  scale: Scale,
): Promise<Measurement<Samples[Name]>> {
  console.log(name);
  const bench = new Workbench(installation);
  const [loadBefore = 0] = loadavg();
  const takenAt = new Date().toISOString();
  try {
    const samples = await Promise.race([measures[name](bench, scale), interrupted()]);
    return { takenAt, machine: describeBenchMachine(installation), loadBefore, samples: rounded(samples) };
  } finally {
    await bench.clear();
  }
}

/** Rounds all numbers to five significant digits, so that the file stays readable. */
const rounded = <Value>(samples: Value): Value =>
  JSON.parse(
    JSON.stringify(samples, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(5)) : value)),
  ) as Value;

/** Rejects on SIGINT and SIGTERM, so that an interrupted run cleans up. */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => reject(new Error(signal)));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
