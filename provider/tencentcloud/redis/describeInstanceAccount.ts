import type { Client } from "../client/client";
import { TransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { readText, requirePage } from "../transport/responseFields";
import { optionalReadMs } from "./optionalReadMs";
import { readServiceTime } from "./serviceTime";

/** An account of an instance. */
export interface Account {
  readonly name: string;
  /** `r`, `w` or `rw`; empty if the service does not say. */
  readonly privilege: string;
  /** `master`, `replication` or both; empty if the service does not say. */
  readonly readonlyPolicy: readonly string[];
  /** When its password was last set, in the service's format. Absent if the service had not recorded that time yet. */
  readonly passwordTime?: string;
}

/** The account that every instance has. */
export const defaultAccount = "root";

const action = "DescribeInstanceAccount";
const pageSize = 100;

/** With more pages than this, the list is treated as invalid. */
const mostPages = 10;

/**
 * Reads the accounts of an instance.
 *
 * @param patienceMs how long a read that keeps failing is retried; by default some seconds
 * @see https://www.tencentcloud.com/document/api/239/33295
 */
export async function describeAccounts(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  patienceMs = optionalReadMs,
): Promise<readonly Account[]> {
  const accounts: Account[] = [];
  for (let page = 0; page < mostPages; page++) {
    const range = { offset: page * pageSize, limit: pageSize };
    const parameters = { InstanceId: instanceId, Limit: range.limit, Offset: range.offset };
    const response = await client({ action, parameters, deadline, patienceMs });
    const { entries, isLast } = requirePage(action, response, "Accounts", range);
    accounts.push(...entries.filter(({ Status }) => !deleted.has(Status)).map(toAccount));
    if (isLast) return accounts;
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/** Returns an account by its name, by default the default account. */
export const findAccount = (accounts: readonly Account[], accountName = defaultAccount): Account | undefined =>
  accounts.find(({ name }) => name === accountName);

/** The service's numbers for a deleted account: 4 in its current definitions, -4 in older ones. */
const deleted: ReadonlySet<unknown> = new Set([4, -4]);

function toAccount(entry: Record<string, unknown>): Account {
  const { AccountName, Privilege, ReadonlyPolicy, PasswordLastModifiedTime } = entry;
  const passwordTime = readServiceTime(PasswordLastModifiedTime);
  return {
    name: readText(AccountName),
    privilege: readText(Privilege),
    readonlyPolicy: Array.isArray(ReadonlyPolicy) ? ReadonlyPolicy.filter((policy) => typeof policy === "string") : [],
    ...(passwordTime !== "" && { passwordTime }),
  };
}
