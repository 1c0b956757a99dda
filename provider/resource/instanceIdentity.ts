import { sentence } from "./withoutStack";
import { oneLine } from "../tencentcloud/errors/terminalText";

/** What tells one instance from another. */
export interface InstanceIdentity {
  readonly region: string;
  readonly instanceId: string;
}

/** The id of the resource in Pulumi. */
export const formatId = ({ region, instanceId }: InstanceIdentity): string => `${region}/${instanceId}`;

/** @throws Error for an id that {@link formatId} does not make */
export function parseId(id: string): InstanceIdentity {
  const [region, instanceId] = id.split("/");
  if (region && instanceId) return { region, instanceId };
  throw sentence(`The id ${oneLine(id)} is not one of this package: <region>/<instanceId>`);
}
