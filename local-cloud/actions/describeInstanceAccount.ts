import type { Account } from "../model/accounts";
import { findInstance } from "../model/instances";
import type { Region } from "../model/regions";
import { takePage } from "../protocol/page";
import { toServiceTime } from "../protocol/serviceTime";
import type { Action } from "./action";

/** @see https://www.tencentcloud.com/document/api/239/33295 */
export const describeInstanceAccount: Readonly<Action<Region>> = {
  parameters: {
    InstanceId: { type: "string", required: true },
    Limit: { type: "integer", required: true },
    Offset: { type: "integer", required: true },
  },
  run({ instances, tasks, timeZoneHours, passwordTime }, parameters) {
    const { instanceId, root, customAccounts } = findInstance(instances, parameters.InstanceId as string);
    const accounts = [root, ...customAccounts];
    const inChange = tasks.accountsInChange(instanceId);
    const describe = (account: Account): object => {
      const { passwordTime: mode = passwordTime } = account;
      const formatTime = (time: Date) => (mode === "empty" ? "" : toServiceTime(time, timeZoneHours));
      return {
        InstanceId: instanceId,
        AccountName: account.name,
        Remark: account.remark,
        Privilege: account.privilege,
        ReadonlyPolicy: account.readonlyPolicy,
        Status: inChange.has(account.name) ? statuses.inChange : statuses.valid,
        CreateTime: formatTime(account.createdAt),
        PasswordLastModifiedTime: formatTime(account.passwordLastModifiedAt),
      };
    };
    return { Accounts: takePage(accounts, parameters, 100).map(describe), TotalCount: accounts.length };
  },
};

/** The service's numbers. */
const statuses = { inChange: 1, valid: 2 } as const;
