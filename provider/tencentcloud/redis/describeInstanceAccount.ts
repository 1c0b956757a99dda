import type { Client } from "../client/client";
import { TransportError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { readText, requireList } from "../transport/responseFields";
import { optionalReadMs } from "./optionalReadMs";
import { readServiceTime } from "./serviceTime";

/** An account of an instance. */
export interface Account {
  readonly name: string;
  /** `r`, `w` or `rw`; empty if the service does not say. */
  readonly privilege: string;
  /** `master`, `replication` or both; empty if the service does not say. */
  readonly readonlyPolicy: readonly string[];
  /** When its password was last set, as the service writes times. Absent for one older than the service's record of it. */
  readonly passwordTime?: string;
}

/** The account that every instance has. */
export const defaultAccount = "root";

const action = "DescribeInstanceAccount";
const pageSize = 100;

/** More accounts than on so many pages are no list that can be read. */
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
    const parameters = { InstanceId: instanceId, Limit: pageSize, Offset: page * pageSize };
    const entries = requireList(action, await client({ action, parameters, deadline, patienceMs }), "Accounts");
    accounts.push(...entries.filter(({ Status }) => Status !== deleted).map(toAccount));
    if (entries.length < pageSize) return accounts;
  }
  throw new TransportError(action, "unusable", `the list has more than ${mostPages} pages`);
}

/** The service's number for an account that is there no longer. */
const deleted = 4;

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
