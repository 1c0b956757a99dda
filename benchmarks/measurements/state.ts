import type { StackState } from "../../tools/pulumiStack";
import type { StateSize } from "../results/results";
import type { Scale } from "../results/scale";
import type { Workbench } from "../workbench/workbench";

/** Measures how much each resource adds to the state. */
export async function measureState(bench: Workbench, { some }: Scale): Promise<StateSize[]> {
  const cloud = await bench.cloud(some);
  const samples: StateSize[] = [];
  for (const who of ["ours", "plugin", "bare"] as const) {
    const states: string[] = [];
    for (const resources of [1, some]) {
      const environment = { ...cloud.credentials, PASSWORD: "Passw0rd-of-" };
      const subject = await bench.createdSubject(who, resources, environment);
      states.push(await subject.exportState());
    }
    const [one = "", all = ""] = states;
    const bytesPerResource = (all.length - one.length) / (some - 1);
    samples.push({ who, bytesPerResource, providerBytes: providerBytesIn(one) });
    console.log(`  ${JSON.stringify(samples.at(-1))}`);
  }
  return samples;
}

/**
 * Returns the length of the serialized provider in a state with one resource, in its inputs plus in its outputs; 0 for
 * the plugin.
 */
function providerBytesIn(state: string): number {
  const { deployment } = JSON.parse(state) as StackState;
  // The first resources are the stack and the default provider.
  const { inputs, outputs } = deployment.resources?.at(-1) ?? {};
  return [inputs, outputs].map((properties) => JSON.stringify(properties?.__provider)).join("").length;
}
