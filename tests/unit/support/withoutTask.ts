import { type Answer, type Answers, listTasks, task } from "./fakeService";
import { state } from "./resource";
import { updatePassword } from "./updatePassword";

export const outOfPasswordFreeMode = state({ status: "drifted", reason: "the mode is on", isPasswordFree: true });

/** Updates where the service gives no usable task for the reset. */
export const updateWithoutTask = (answers: Answers, options: Parameters<typeof updatePassword>[1] = {}) =>
  updatePassword({ ResetPassword: { TaskId: 0 }, ...answers }, options);

export const accountSetAt = (...times: string[]): Answer =>
  times.map((time) => ({ Accounts: [{ AccountName: "root", PasswordLastModifiedTime: time }] }));
export const known = listTasks(task(98));
