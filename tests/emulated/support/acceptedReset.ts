import { rootName } from "../../../local-cloud/model/accounts";
import { type Instance, findAccount } from "../../../local-cloud/model/instances";

/** A change of a password that the cloud has accepted from a run. */
export interface AcceptedReset {
  readonly run: number;
  readonly requestId: string;
  readonly taskId: number;
  readonly instanceId: string;
  /** Absent for the default account. */
  readonly account: string | undefined;
  readonly password: string;
  /** Whether the request leaves the privilege and the policy of the account as they are. */
  readonly keepsRights: boolean;
  /** Whether the answer was one, and came in time. */
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

/** The name of the account whose password a task sets or removes, by the task's id: of everybody's tasks. */
export class AccountsOfTasks extends Map<number, string> {
  note(taskId: number, action: string | null, { AccountName, AccountPassword, NoAuth }: ChangeParameters): void {
    if (action === "ResetPassword") this.set(taskId, rootName);
    const isChanged = action === "ModifyInstanceAccount" && (AccountPassword !== undefined || NoAuth === true);
    if (isChanged && AccountName !== undefined) this.set(taskId, AccountName);
  }
}

/** Returns what a request that was accepted changes, and in what way. */
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
