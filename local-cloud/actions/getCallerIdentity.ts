import type { Sts } from "../auth/sts";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/1312/66098 */
export const getCallerIdentity: Readonly<Action<Sts>> = {
  parameters: {},
  run(_, __, { caller: { accountId, role } }) {
    const own = { AccountId: accountId, PrincipalId: accountId };
    if (!role) return { ...own, Arn: `qcs::cam:${accountId}:uin/${accountId}`, UserId: accountId, Type: "CAMUser" };
    return {
      ...own,
      Arn: `qcs::sts:${accountId}:assumed-role/${role.roleId}`,
      UserId: `${role.roleId}:${role.sessionName}`,
      Type: "CAMRole",
    };
  },
};
