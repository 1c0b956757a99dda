import type { Account } from "../model/accounts";
import { findInstance } from "../model/instances";
import type { Region } from "../model/regions";
import { takePage } from "../protocol/page";
import { toServiceTime } from "../protocol/serviceTime";
import type { Action } from "./action";

/** @see https://www.tencentcloud.com/document/api/239/33295 */
export const describeInstanceAccount: Action<Region> = {
  parameters: {
    InstanceId: { type: "string", required: true },
    Limit: { type: "integer", required: true },
    Offset: { type: "integer", required: true },
  },
  run({ instances, timeZoneHours, passwordTime }, parameters) {
    const { instanceId, root, customAccounts } = findInstance(instances, parameters.InstanceId as string);
    const accounts = [root, ...customAccounts];
    const describe = (account: Account): object => ({
      InstanceId: instanceId,
      AccountName: account.name,
      Remark: account.remark,
      Privilege: account.privilege,
      ReadonlyPolicy: account.readonlyPolicy,
      Status: accountIsValid,
      CreateTime: toServiceTime(account.createdAt, timeZoneHours),
      PasswordLastModifiedTime:
        passwordTime === "empty" ? "" : toServiceTime(account.passwordLastModifiedAt, timeZoneHours),
    });
    return { Accounts: takePage(accounts, parameters, 100).map(describe), TotalCount: accounts.length };
  },
};

const accountIsValid = 2;
