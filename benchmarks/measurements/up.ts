import type { CommandOptions } from "../../tools/command";
import { type Job, inTurn } from "../inTurn";
import { ProviderMemory } from "../providerMemory";
import type { EngineRun } from "../results";
import type { Scale } from "../scale";
import type { BenchCloud, Workbench } from "../workbench";

/** Ups in which each resource has a new password. */
export const measureUps = (bench: Workbench, { runs, some, many }: Scale): Promise<EngineRun[]> =>
  measure(bench, runs, [1, some, many], [0, 5]);

/** The same of as many resources as there are, with the memory of their provider. */
export const measureThousand = (bench: Workbench, { runs, most }: Scale): Promise<EngineRun[]> =>
  measure(bench, runs, [most], [5], watched);

/** Does an up with these options, and tells the most memory that its provider had. */
type Watch = (up: (options: CommandOptions) => Promise<number>) => Promise<[seconds: number, peakBytes?: number]>;

const unwatched: Watch = async (up) => [await up({})];

const watched: Watch = async (up) => {
  const memory = new ProviderMemory();
  try {
    const seconds = await up({ onStart: (processId) => void memory.watch(processId) });
    return [seconds, memory.peakBytes];
  } finally {
    memory.stop();
  }
};

async function measure(
  bench: Workbench,
  runs: number,
  sizes: readonly number[],
  tasksSeconds: readonly number[],
  watch = unwatched,
): Promise<EngineRun[]> {
  const cloud = await bench.cloud(Math.max(...sizes));
  const jobs: Job<EngineRun>[] = [];
  for (const resources of sizes) {
    for (const who of ["ours", "bare"] as const) {
      console.log(`  creating ${resources} (${who})`);
      const subject = await bench.subject(who, resources);
      const up = (options: CommandOptions = {}) =>
        subject.up({ ...cloud.credentials, PASSWORD: `Passw0rd-${++passwords}-of-` }, options);
      await up();
      // The bare resource's ups are the same however long tasks take.
      for (const taskSeconds of who === "ours" ? tasksSeconds : [undefined]) {
        const run = async (): Promise<EngineRun> => {
          cloud.setTaskSeconds(taskSeconds ?? 0);
          cloud.takeRequests();
          const [seconds, providerPeakBytes] = await watch(up);
          return { who, resources, taskSeconds, seconds, providerPeakBytes, ...countRequests(cloud) };
        };
        jobs.push({ what: "up", run });
      }
    }
  }
  return inTurn(runs, jobs);
}

let passwords = 0;

function countRequests(cloud: BenchCloud): Pick<EngineRun, "requests" | "refused"> {
  const records = cloud.takeRequests();
  const requests: Record<string, number> = {};
  for (const { action } of records) if (action !== null) requests[action] = (requests[action] ?? 0) + 1;
  return { requests, refused: records.filter(({ code }) => code === "RequestLimitExceeded").length };
}
