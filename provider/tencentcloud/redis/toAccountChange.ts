import type { Client } from "../client/client";
import { AccountError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import type { Secret } from "../secrets/secret";
import type { RequestParameters } from "../transport/request";
import { type Account, describeAccounts, findAccount } from "./describeInstanceAccount";

/** How long a read that keeps failing is retried: nothing has been sent yet. */
const accountReadMs = 30_000;

/**
 * Reads an account before it is changed.
 *
 * @throws AccountError if the instance has no such account
 */
export async function requireAccount(
  client: Client,
  instanceId: string,
  accountName: string,
  deadline: Deadline,
): Promise<Account> {
  const accounts = await describeAccounts(client, instanceId, deadline, accountReadMs);
  const account = findAccount(accounts, accountName);
  if (!account) throw new AccountError(instanceId, accountName, "ModifyInstanceAccount");
  return account;
}

/**
 * Returns the parameters of ModifyInstanceAccount that change the password of an account and keep its privilege and
 * policy, neither of which may be empty.
 *
 * @see https://www.tencentcloud.com/document/api/239/33292
 */
export const toAccountChange = (instanceId: string, account: Account, password: Secret): RequestParameters => ({
  InstanceId: instanceId,
  AccountName: account.name,
  AccountPassword: password,
  ...(account.privilege !== "" && { Privilege: account.privilege }),
  ...(account.readonlyPolicy.length > 0 && { ReadonlyPolicy: account.readonlyPolicy }),
});
