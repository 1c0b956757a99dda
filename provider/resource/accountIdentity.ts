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

/**
 * @param origin one that a user gives, to import or look up, is not repeated: it could be a password in the wrong place
 * @throws Error for an id that {@link formatId} does not make
 */
export function parseId(id: string, origin: "recorded" | "given" = "recorded"): AccountIdentity {
  const [region, instanceId, account, ...rest] = id.split("/");
  if (region && instanceId && account !== "" && rest.length === 0) {
    return { region, instanceId, ...(account !== undefined && { account }) };
  }
  const named = origin === "given" ? "The id" : `The id ${oneLine(id)}`;
  throw sentence(`${named} is not one of this package: <region>/<instanceId>, or with /<account>`);
}
