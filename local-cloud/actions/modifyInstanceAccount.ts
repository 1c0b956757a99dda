import { type Instance, findInstanceToChange, setRootPassword, switchAuthenticationOff } from "../model/instances";
import { refuseEncrypted, requirePassword } from "../model/passwordRule";
import type { Region } from "../model/regions";
import { taskTypes } from "../model/tasks";
import { CloudError } from "../protocol/cloudError";
import type { Clock } from "../system/clock";
import type { Action } from "./action";

/** The only code of a state that the action documents. */
const stateCode = "ResourceUnavailable.InstanceStatusError";

/** @see https://www.tencentcloud.com/document/api/239/33292 */
export const modifyInstanceAccount: Action<Region> = {
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
    const change = parameters as unknown as Change;
    const instance = findInstanceToChange(instances, change.InstanceId, stateCode);
    if (change.AccountName !== "root") {
      throw new CloudError("ResourceNotFound.AccountDoesNotExists", "Only the account root exists.");
    }
    refuseEncrypted(change.EncryptPassword);
    requirePolicy(change);
    const changePassword = passwordChange(instance, change, clock);
    const work = async (): Promise<void> => {
      await changePassword();
      const { remark, readonlyPolicy } = instance.root;
      Object.assign(instance.root, {
        remark: change.Remark ?? remark,
        readonlyPolicy: change.ReadonlyPolicy ?? readonlyPolicy,
      });
    };
    return { TaskId: tasks.start(instance.instanceId, taskTypes.changeAccount, work, fault).taskId };
  },
};

interface Change {
  readonly InstanceId: string;
  readonly AccountName: string;
  readonly AccountPassword?: string;
  readonly Remark?: string;
  readonly ReadonlyPolicy?: readonly string[];
  readonly Privilege?: string;
  readonly NoAuth?: boolean;
  readonly EncryptPassword?: boolean;
}

function passwordChange(instance: Instance, { AccountPassword, NoAuth }: Change, clock: Clock): () => Promise<void> {
  if (NoAuth) return () => switchAuthenticationOff(instance);
  // Authentication cannot be switched on without a password.
  const isNeeded = AccountPassword !== undefined || (NoAuth === false && instance.root.noAuth);
  if (!isNeeded) return () => Promise.resolve();
  const password = requirePassword(AccountPassword);
  return () => setRootPassword(instance, password, clock);
}

function requirePolicy({ ReadonlyPolicy, Privilege }: Change): void {
  if (ReadonlyPolicy && !ReadonlyPolicy.every((policy) => ["master", "replication"].includes(policy))) {
    throw new CloudError("InvalidParameterValue", "ReadonlyPolicy can hold master and replication.");
  }
  if (Privilege !== undefined && Privilege !== "rw") {
    throw new CloudError("InvalidParameterValue", "The privilege of root cannot be changed.");
  }
}
