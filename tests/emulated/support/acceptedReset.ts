import { rootName } from "../../../local-cloud/model/accounts";
import { type Instance, findAccount } from "../../../local-cloud/model/instances";

/** A change of a password by a run, which the cloud has accepted. */
export interface AcceptedReset {
  readonly run: number;
  readonly requestId: string;
  readonly taskId: number;
  readonly instanceId: string;
  /** Absent for the default account. */
  readonly account: string | undefined;
  readonly password: string;
  /** Whether the request keeps the privilege and the policy of the account. */
  readonly keepsRights: boolean;
  /** Whether a valid response arrived in time. */
  isAnswered: boolean;
}

/** The parameters of a request that may set a password. */
export interface ChangeParameters {
  readonly InstanceId?: string;
  readonly Password?: string;
  readonly AccountName?: string;
  readonly AccountPassword?: string;
  readonly Privilege?: string;
  readonly ReadonlyPolicy?: readonly string[];
  readonly NoAuth?: boolean;
}

/** For each task of any client, the name of the account whose password it sets or removes, by task id. */
export class AccountsOfTasks extends Map<number, string> {
  note(taskId: number, action: string | null, { AccountName, AccountPassword, NoAuth }: ChangeParameters): void {
    if (action === "ResetPassword") this.set(taskId, rootName);
    const isChanged = action === "ModifyInstanceAccount" && (AccountPassword !== undefined || NoAuth === true);
    if (isChanged && AccountName !== undefined) this.set(taskId, AccountName);
  }
}

/** Returns the change that an accepted request makes. */
export function describeChange(
  instance: Instance,
  { Password, AccountName = rootName, AccountPassword, Privilege, ReadonlyPolicy }: ChangeParameters,
): Pick<AcceptedReset, "instanceId" | "account" | "password" | "keepsRights"> {
  const { privilege, readonlyPolicy } = findAccount(instance, AccountName);
  return {
    instanceId: instance.instanceId,
    account: AccountName === rootName ? undefined : AccountName,
    password: Password ?? AccountPassword ?? "",
    keepsRights:
      AccountName === rootName || (Privilege === privilege && String(ReadonlyPolicy) === String(readonlyPolicy)),
  };
}
