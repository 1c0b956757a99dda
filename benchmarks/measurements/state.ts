import type { StateSize } from "../results";
import type { Scale } from "../scale";
import type { Workbench } from "../workbench";

/** How much each resource adds to the state. */
export async function measureState(bench: Workbench, { some }: Scale): Promise<StateSize[]> {
  const cloud = await bench.cloud(some);
  const samples: StateSize[] = [];
  for (const who of ["ours", "bare"] as const) {
    const bytes: number[] = [];
    for (const resources of [1, some]) {
      const subject = await bench.subject(who, resources);
      await subject.up({ ...cloud.credentials, PASSWORD: "Passw0rd-of-" });
      bytes.push(await subject.stateBytes());
    }
    const [one = 0, all = 0] = bytes;
    samples.push({ who, bytesPerResource: (all - one) / (some - 1) });
    console.log(`  ${JSON.stringify(samples.at(-1))}`);
  }
  return samples;
}
