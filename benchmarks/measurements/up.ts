import type { CommandOptions } from "../../tools/command";
import { type Job, inTurn } from "../workbench/inTurn";
import { ProviderMemory } from "../workbench/providerMemory";
import type { EngineRun } from "../results/results";
import type { Scale } from "../results/scale";
import { withoutCheckpoints } from "../workbench/subject";
import type { BenchCloud, Workbench } from "../workbench/workbench";

interface Plan {
  readonly sizes: readonly number[];
  readonly tasksSeconds: readonly number[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly watchMemory?: boolean;
}

/** Measures `up`s that set a new password for each resource. */
export const measureUps = (bench: Workbench, { runs, some, many }: Scale): Promise<EngineRun[]> =>
  measure(bench, runs, { sizes: [1, some, many], tasksSeconds: [0, 5] });

/** Measures the largest `up`, and the memory of its provider process. Without checkpoints, which would take minutes. */
export const measureThousand = (bench: Workbench, { runs, most }: Scale): Promise<EngineRun[]> =>
  measure(bench, runs, { sizes: [most], tasksSeconds: [5], environment: withoutCheckpoints, watchMemory: true });

async function measure(
  bench: Workbench,
  runs: number,
  { sizes, tasksSeconds, environment, watchMemory = false }: Plan,
): Promise<EngineRun[]> {
  const cloud = await bench.cloud(Math.max(...sizes));
  let passwords = 0;
  const environmentWithNewPassword = () => ({
    ...cloud.credentials,
    ...environment,
    PASSWORD: `Passw0rd-${++passwords}-of-`,
  });
  const jobs: Job<EngineRun>[] = [];
  for (const resources of sizes) {
    for (const who of ["ours", "plugin", "bare"] as const) {
      const subject = await bench.createdSubject(who, resources, environmentWithNewPassword());
      const up = (options?: CommandOptions) => subject.up(environmentWithNewPassword(), options);
      // The bare resource starts no tasks.
      for (const taskSeconds of who === "bare" ? [undefined] : tasksSeconds) {
        const run = async (): Promise<EngineRun> => {
          cloud.setTaskSeconds(taskSeconds ?? 0);
          cloud.takeRequests();
          const measured = watchMemory ? await withMemory(up) : { seconds: await up() };
          return { who, resources, taskSeconds, ...measured, ...countRequests(cloud) };
        };
        jobs.push({ what: "up", run });
      }
    }
  }
  return inTurn(runs, jobs);
}

/** Measures the duration of an `up` and the peak memory of its provider process. */
async function withMemory(
  up: (options: CommandOptions) => Promise<number>,
): Promise<Pick<EngineRun, "seconds" | "providerPeakBytes">> {
  const memory = new ProviderMemory();
  try {
    const seconds = await up({ onStart: (processId) => void memory.watch(processId) });
    return { seconds, providerPeakBytes: memory.peakBytes };
  } finally {
    memory.stop();
  }
}

function countRequests(cloud: BenchCloud): Pick<EngineRun, "requests" | "refused"> {
  const records = cloud.takeRequests();
  const requests: Record<string, number> = {};
  for (const { action } of records) if (action !== null) requests[action] = (requests[action] ?? 0) + 1;
  return { requests, refused: records.filter(({ code }) => code === "RequestLimitExceeded").length };
}
