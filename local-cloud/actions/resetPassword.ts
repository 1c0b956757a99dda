import { changeAccount, findInstanceToChange, switchAuthenticationOff } from "../model/instances";
import { refuseEncrypted, requirePassword } from "../model/passwordRule";
import type { Region } from "../model/regions";
import { taskTypes } from "../model/tasks";
import type { Action } from "./action";

/** The only documented code of the action for an instance in the wrong state. */
const stateCode = "ResourceUnavailable.InstanceStatusAbnormal";

/** @see https://cloud.tencent.com/document/api/239/30003 */
export const resetPassword: Readonly<Action<Region>> = {
  parameters: {
    InstanceId: { type: "string", required: true },
    Password: { type: "string" },
    NoAuth: { type: "boolean" },
    EncryptPassword: { type: "boolean" },
  },
  startsTask: true,
  run({ instances, tasks, clock, passwordTime }, parameters, { fault }) {
    const { InstanceId, Password, NoAuth, EncryptPassword } = parameters;
    const instance = findInstanceToChange(instances, InstanceId as string, stateCode);
    refuseEncrypted(EncryptPassword as boolean | undefined);
    if (NoAuth) {
      const off = () => switchAuthenticationOff(instance);
      return { TaskId: tasks.start(instance, taskTypes.switchToPasswordFree, off, fault).taskId };
    }
    const { passwordTime: mode = passwordTime } = instance.root;
    const password = requirePassword(Password as string | undefined);
    const reset = () => changeAccount(instance, instance.root, { password }, mode === "stays" ? undefined : clock);
    return { TaskId: tasks.start(instance, taskTypes.resetPassword, reset, fault).taskId };
  },
};
