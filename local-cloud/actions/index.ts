import type { Sts } from "../auth/sts";
import type { Region } from "../model/regions";
import type { Action } from "./action";
import { assumeRole } from "./assumeRole";
import { assumeRoleWithWebIdentity } from "./assumeRoleWithWebIdentity";
import { describeInstanceAccount } from "./describeInstanceAccount";
import { describeInstances } from "./describeInstances";
import { describeTaskInfo } from "./describeTaskInfo";
import { describeTaskList } from "./describeTaskList";
import { getCallerIdentity } from "./getCallerIdentity";
import { modifyInstanceAccount } from "./modifyInstanceAccount";
import { resetPassword } from "./resetPassword";

/** The actions of the Redis API, by the vendor's names. */
export const redisActions: ReadonlyMap<string, Action<Region>> = new Map([
  ["ResetPassword", resetPassword],
  ["DescribeTaskInfo", describeTaskInfo],
  ["DescribeTaskList", describeTaskList],
  ["DescribeInstances", describeInstances],
  ["DescribeInstanceAccount", describeInstanceAccount],
  ["ModifyInstanceAccount", modifyInstanceAccount],
]);

/** The actions of the security token service (STS). */
export const stsActions: ReadonlyMap<string, Action<Sts>> = new Map([
  ["AssumeRole", assumeRole],
  ["AssumeRoleWithWebIdentity", assumeRoleWithWebIdentity],
  ["GetCallerIdentity", getCallerIdentity],
]);
