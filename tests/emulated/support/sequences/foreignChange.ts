import { CloudError } from "../../../../local-cloud/protocol/cloudError";
import type { EmulatedCloud } from "../emulatedCloud";
import { foreignPassword, nameAccount } from "./names";
import type { AccountIndex, ForeignChange } from "./steps";

/** Changes an instance like somebody else. Returns why that is refused: the state of the instance may not allow it. */
export function changeAsSomebodyElse(
  cloud: EmulatedCloud,
  instanceId: string,
  { change, account = 0, seconds }: ForeignChange,
): string | undefined {
  const [action, parameters] = requestFor(change, account);
  try {
    cloud.changeAsSomebodyElse(action, instanceId, parameters, seconds);
    return undefined;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.message;
  }
}

function requestFor(change: ForeignChange["change"], index: AccountIndex) {
  const AccountName = nameAccount(index);
  switch (change) {
    case "reset":
      return ["ResetPassword", { Password: foreignPassword }] as const;
    case "password-free":
      return ["ResetPassword", { NoAuth: true }] as const;
    case "account":
      return ["ModifyInstanceAccount", { AccountName, AccountPassword: foreignPassword }] as const;
    case "rights": {
      // The privilege of root cannot be changed.
      const privilege = index === 0 ? {} : { Privilege: "r" };
      const ReadonlyPolicy = ["master", "replication"];
      return ["ModifyInstanceAccount", { AccountName, ReadonlyPolicy, ...privilege }] as const;
    }
  }
}
