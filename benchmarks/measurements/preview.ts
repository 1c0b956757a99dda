import { type Job, inTurn } from "../workbench/inTurn";
import { printedBy } from "../workbench/printedBy";
import type { EngineRun } from "../results/results";
import type { Scale } from "../results/scale";
import type { Workbench } from "../workbench/workbench";

/** Measures previews without changes, without a cloud and without credentials. */
export async function measurePreviews(bench: Workbench, { runs, some, many, most }: Scale): Promise<EngineRun[]> {
  const sizes = [1, some, many, most];
  const cloud = await bench.cloud(most);
  const jobs: Job<EngineRun>[] = [];
  for (const resources of sizes) {
    for (const who of ["ours", "plugin", "bare"] as const) {
      const subject = await bench.createdSubject(who, resources, { ...cloud.credentials, PASSWORD: password });
      const run = async () => ({ who, resources, seconds: await subject.preview({ PASSWORD: password }) });
      jobs.push({ what: "preview", run });
    }
    const run = async () =>
      ({
        who: "fingerprints",
        resources,
        seconds: await fingerprintSeconds(bench.installation.folder, resources),
      }) as const;
    jobs.push({ what: "the fingerprints alone", run });
  }
  await cloud.stop();
  return inTurn(runs, jobs);
}

const password = "Passw0rd-of-";

/** Measures how long a process takes to compute a number of fingerprints, after a first one. */
async function fingerprintSeconds(installed: string, count: number): Promise<number> {
  const [hash, secret] = ["resource/contract/fingerprint", "tencentcloud/secrets/secret"].map((module) =>
    JSON.stringify(require.resolve(`../../provider/${module}`)),
  );
  const printed = await printedBy(
    `const { fingerprint } = require(${hash});
    const { Secret } = require(${secret});
    const identity = (instanceId) => ({ region: "ap-guangzhou", instanceId });
    const make = (id) => fingerprint(new Secret(${JSON.stringify(password)} + id), identity(id));
    make("crs-first");
    const begin = performance.now();
    for (let index = 0; index < ${count}; index++) make("crs-" + index);
    console.log((performance.now() - begin) / 1000);`,
    installed,
  );
  return Number(printed);
}
