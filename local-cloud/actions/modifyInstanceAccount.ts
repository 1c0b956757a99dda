import { type Account, type Privilege, requirePrivilege, requireReadonlyPolicy, rootName } from "../model/accounts";
import { type AccountChange, changeAccount, findAccount, findInstanceToChange } from "../model/instances";
import { refuseEncrypted, requirePassword } from "../model/passwordRule";
import type { Region } from "../model/regions";
import { taskTypes } from "../model/tasks";
import { CloudError } from "../protocol/cloudError";
import type { Action } from "./action";

/** The only documented code of the action for an instance in the wrong state. */
const stateCode = "ResourceUnavailable.InstanceStatusError";

/** @see https://www.tencentcloud.com/document/api/239/33292 */
export const modifyInstanceAccount: Readonly<Action<Region>> = {
  parameters: {
    InstanceId: { type: "string", required: true },
    AccountName: { type: "string", required: true },
    AccountPassword: { type: "string" },
    Remark: { type: "string" },
    ReadonlyPolicy: { type: { listOf: "string" } },
    Privilege: { type: "string" },
    NoAuth: { type: "boolean" },
    EncryptPassword: { type: "boolean" },
  },
  startsTask: true,
  run({ instances, tasks, clock }, parameters, { fault }) {
    const request = parameters as unknown as Request;
    const instance = findInstanceToChange(instances, request.InstanceId, stateCode);
    const account = findAccount(instance, request.AccountName);
    const change = readChange(account, request);
    const work = () => changeAccount(instance, account, change, clock);
    const subject = { instanceId: instance.instanceId, accountName: account.name };
    return { TaskId: tasks.start(subject, taskTypes.changeAccount, work, fault).taskId };
  },
};

interface Request {
  readonly InstanceId: string;
  readonly AccountName: string;
  readonly AccountPassword?: string;
  readonly Remark?: string;
  readonly ReadonlyPolicy?: readonly string[];
  readonly Privilege?: string;
  readonly NoAuth?: boolean;
  readonly EncryptPassword?: boolean;
}

/** An omitted parameter stays unchanged: the vendor's own example omits all but the account's name. */
function readChange(account: Account, request: Request): AccountChange {
  const { Remark, ReadonlyPolicy, Privilege, EncryptPassword } = request;
  refuseEncrypted(EncryptPassword);
  return {
    password: readPassword(account, request),
    privilege: Privilege === undefined ? undefined : readPrivilege(account, Privilege),
    readonlyPolicy: ReadonlyPolicy && requireReadonlyPolicy(ReadonlyPolicy),
    remark: Remark,
  };
}

/** Returns undefined if the password stays, and an empty string if authentication is switched off. */
function readPassword({ name, password }: Account, { AccountPassword, NoAuth }: Request): string | undefined {
  if (NoAuth && name !== rootName) {
    throw new CloudError("FailedOperation.UnSupportError", "Only the account root can be password-free.");
  }
  if (NoAuth) return "";
  // Authentication cannot be switched on without a password.
  const isNeeded = AccountPassword !== undefined || (NoAuth === false && password === "");
  return isNeeded ? requirePassword(AccountPassword) : undefined;
}

function readPrivilege({ name }: Account, given: string): Privilege {
  const privilege = requirePrivilege(given);
  if (name !== rootName || privilege === "rw") return privilege;
  throw new CloudError("InvalidParameterValue", "The privilege of root cannot be changed.");
}
