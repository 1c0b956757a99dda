import type { Action } from "./action";
import { describeInstances } from "./describeInstances";
import { describeTaskInfo } from "./describeTaskInfo";
import { resetPassword } from "./resetPassword";

/** The actions of the Redis API, by the vendor's names. */
export const actions: ReadonlyMap<string, Action> = new Map([
  ["ResetPassword", resetPassword],
  ["DescribeTaskInfo", describeTaskInfo],
  ["DescribeInstances", describeInstances],
]);
