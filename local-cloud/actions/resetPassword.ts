import { CloudError } from "../cloudError";
import { type Instance, findInstance } from "../instances";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/239/30003 */
export const resetPassword: Action = {
  parameters: {
    InstanceId: { type: "string", required: true },
    Password: { type: "string" },
    NoAuth: { type: "boolean" },
  },
  run({ instances, tasks }, { InstanceId, Password, NoAuth = false }) {
    const instance = findInstance(instances, InstanceId as string);
    const password = NoAuth ? "" : requireValid(Password as string | undefined);
    const task = tasks.start(instance.instanceId, "FLOW_SETPWD", () => apply(instance, password));
    return { TaskId: task.taskId };
  },
};

async function apply(instance: Instance, password: string): Promise<void> {
  await instance.server.setPassword(password);
  instance.noAuth = password === "";
}

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[()~!@#$%^&*\-+=_|{}[\]:;<>,.?/]/];

function requireValid(password: string | undefined): string {
  if (!password) {
    throw new CloudError("InvalidParameterValue.PasswordEmpty", "The password is empty.");
  }
  const kinds = classes.filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 64 || password.startsWith("/") || kinds < 2) {
    throw new CloudError(
      "InvalidParameterValue.PasswordRuleError",
      "The password must have 8 to 64 characters of at least two kinds, and must not start with a slash.",
    );
  }
  return password;
}
