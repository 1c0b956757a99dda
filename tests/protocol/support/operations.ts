import type { FrontEnd } from "./frontEnds";
import type { Properties } from "./struct";

/** A resource in the state. */
export interface Recorded {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Does what `pulumi up` does for an unrecorded resource. */
export async function createResource(provider: FrontEnd, args: Properties): Promise<Recorded> {
  const { inputs } = await provider.check({}, args);
  return { inputs, ...(await provider.create(inputs)) };
}

/** Does what `pulumi preview` does for a recorded resource. */
export async function previewResource(provider: FrontEnd, { id, inputs, outputs }: Recorded, args: Properties) {
  const checked = await provider.check(inputs, args);
  return provider.diff(id, outputs, checked.inputs);
}

/** Does what `pulumi up` does for a recorded resource with changes in its preview. */
export async function updateResource(
  provider: FrontEnd,
  { id, inputs, outputs }: Recorded,
  args: Properties,
): Promise<Recorded> {
  const checked = await provider.check(inputs, args);
  return { id, inputs: checked.inputs, ...(await provider.update(id, outputs, checked.inputs)) };
}
