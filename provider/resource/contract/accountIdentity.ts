import { oneLine } from "../../tencentcloud/errors/terminalText";

/** Identifies an account of an instance. */
export interface AccountIdentity {
  readonly region: string;
  readonly instanceId: string;
  /** Absent for the instance's default account. */
  readonly account?: string | undefined;
}

/**
 * Returns the resource's id in Pulumi: `<region>/<instanceId>`, or `<region>/<instanceId>/<account>` for an account
 * other than the default one.
 */
export const formatId = ({ region, instanceId, account }: AccountIdentity): string =>
  [region, instanceId, ...(account === undefined ? [] : [account])].join("/");

/** Names an account in a sentence; the default one by its instance. */
export const nameAccount = ({ instanceId, account }: Omit<AccountIdentity, "region">): string =>
  account === undefined ? `the instance ${instanceId}` : `the account ${account} of ${instanceId}`;

/**
 * Parses an id that {@link formatId} has made.
 *
 * @param origin errors do not quote a `given` id, which a user passes to import or look up: it could be a misplaced
 * password
 * @throws Error if the id has another format
 */
export function parseId(id: string, origin: "recorded" | "given" = "recorded"): AccountIdentity {
  const [region, instanceId, account, ...rest] = id.split("/");
  if (region && instanceId && account !== "" && rest.length === 0) {
    return { region, instanceId, ...(account !== undefined && { account }) };
  }
  const summary = origin === "given" ? "The id must be" : `The id ${oneLine(id)} is not one of this package:`;
  throw new Error(`${summary} <region>/<instanceId>, or with /<account>`);
}
