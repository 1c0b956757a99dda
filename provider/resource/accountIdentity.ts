import { sentence } from "./withoutStack";
import { oneLine } from "../tencentcloud/errors/terminalText";

/** What tells one account of an instance from another. */
export interface AccountIdentity {
  readonly region: string;
  readonly instanceId: string;
  /** Absent for the instance's default account. */
  readonly account?: string | undefined;
}

/** The id of the resource in Pulumi: `<region>/<instanceId>`, with `/<account>` for another than the default account. */
export const formatId = ({ region, instanceId, account }: AccountIdentity): string =>
  [region, instanceId, ...(account === undefined ? [] : [account])].join("/");

/** @throws Error for an id that {@link formatId} does not make */
export function parseId(id: string): AccountIdentity {
  const [region, instanceId, account, ...rest] = id.split("/");
  if (region && instanceId && account !== "" && rest.length === 0) {
    return { region, instanceId, ...(account !== undefined && { account }) };
  }
  throw sentence(`The id ${oneLine(id)} is not one of this package: <region>/<instanceId>, or with /<account>`);
}
