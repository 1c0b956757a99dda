import type { Client } from "../client/client";
import type { Deadline } from "../retry/deadline";
import { requireList } from "../transport/responseFields";
import { optionalReadMs } from "./optionalReadMs";
import { readServiceTime } from "./serviceTime";

/**
 * Reads when the password of an instance was last set, as the service writes times. Returns undefined for an instance
 * that is older than the service's record of it.
 *
 * @throws whatever is still wrong after some seconds
 * @see https://www.tencentcloud.com/document/api/239/33295
 */
export async function lookUpPasswordTime(
  client: Client,
  instanceId: string,
  deadline: Deadline,
): Promise<string | undefined> {
  const action = "DescribeInstanceAccount";
  const parameters = { InstanceId: instanceId, Limit: 100, Offset: 0 };
  const accounts = requireList(
    action,
    await client({ action, parameters, deadline, patienceMs: optionalReadMs }),
    "Accounts",
  );
  const root = accounts.find(({ AccountName }) => AccountName === "root");
  return readServiceTime(root?.PasswordLastModifiedTime) || undefined;
}
