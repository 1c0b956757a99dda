import type { FrontEnd } from "./frontEnds";
import type { Properties } from "./struct";

/** A resource as the state holds it. */
export interface Recorded {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** What `pulumi up` does for a resource that is not recorded yet. */
export async function createResource(provider: FrontEnd, args: Properties): Promise<Recorded> {
  const { inputs } = await provider.check({}, args);
  return { inputs, ...(await provider.create(inputs)) };
}

/** What `pulumi preview` does for a resource that is recorded. */
export async function previewResource(provider: FrontEnd, { id, inputs, outputs }: Recorded, args: Properties) {
  const checked = await provider.check(inputs, args);
  return provider.diff(id, outputs, checked.inputs);
}

/** What `pulumi up` does for a resource that is recorded, and that its preview has found to be changed. */
export async function updateResource(
  provider: FrontEnd,
  { id, inputs, outputs }: Recorded,
  args: Properties,
): Promise<Recorded> {
  const checked = await provider.check(inputs, args);
  return { id, inputs: checked.inputs, ...(await provider.update(id, outputs, checked.inputs)) };
}
