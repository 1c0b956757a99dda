import { type Instance, findInstance } from "../model/instances";
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
  run(region, parameters) {
    const accounts = [describeRoot(findInstance(region.instances, parameters.InstanceId as string), region)];
    return { Accounts: takePage(accounts, parameters, 100), TotalCount: accounts.length };
  },
};

const accountIsValid = 2;

const describeRoot = ({ instanceId, createdAt, root }: Instance, { timeZoneHours, passwordTime }: Region): object => ({
  InstanceId: instanceId,
  AccountName: "root",
  Remark: root.remark,
  Privilege: "rw",
  ReadonlyPolicy: root.readonlyPolicy,
  Status: accountIsValid,
  CreateTime: toServiceTime(createdAt, timeZoneHours),
  PasswordLastModifiedTime: passwordTime === "empty" ? "" : toServiceTime(root.passwordLastModifiedAt, timeZoneHours),
});
