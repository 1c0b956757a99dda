import type { StackState } from "../../tools/pulumiStack";
import type { StateSize } from "../results";
import type { Scale } from "../scale";
import type { Workbench } from "../workbench";

/** How much each resource adds to the state. */
export async function measureState(bench: Workbench, { some }: Scale): Promise<StateSize[]> {
  const cloud = await bench.cloud(some);
  const samples: StateSize[] = [];
  for (const who of ["ours", "bare"] as const) {
    const states: string[] = [];
    for (const resources of [1, some]) {
      const subject = await bench.subject(who, resources);
      await subject.create({ ...cloud.credentials, PASSWORD: "Passw0rd-of-" });
      states.push(await subject.exportState());
    }
    const [one = "", all = ""] = states;
    samples.push({ who, bytesPerResource: (all.length - one.length) / (some - 1), ...partsOf(one) });
    console.log(`  ${JSON.stringify(samples.at(-1))}`);
  }
  return samples;
}

/** How much of the state of one resource Pulumi puts there. */
function partsOf(state: string): Pick<StateSize, "providerBytes" | "traceBytes"> {
  const { deployment } = JSON.parse(state) as StackState;
  // The stack itself and the default provider come first.
  const { inputs, outputs, sourcePosition, stackTrace } = (deployment.resources?.at(-1) ?? {}) as Recorded;
  const lengthOf = (...parts: unknown[]) => parts.map((part) => JSON.stringify(part, null, 4)).join("").length;
  return {
    providerBytes: lengthOf(inputs?.__provider, outputs?.__provider),
    traceBytes: lengthOf(sourcePosition, stackTrace),
  };
}

interface Recorded {
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly sourcePosition?: string;
  readonly stackTrace?: readonly object[];
}
