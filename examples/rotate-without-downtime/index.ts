import * as pulumi from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

import { type Login, derivePassword, loginFor } from "./login";

const instanceId = "crs-5a4py64p";

const rotation = new pulumi.Config().requireNumber("rotation");

/** The newest login whose password is set: a run that sets none, or fails, does not change it. */
export const current = pulumi
  // The other account keeps the password of the previous rotation: clients may still sign in with it.
  .all([setPassword(loginFor(rotation)), setPassword(loginFor(rotation - 1))])
  .apply((logins) => logins.filter((login) => login !== undefined).sort((a, b) => b.rotation - a.rotation)[0]);

/** Sets the password of a login. Returns the login that the account has then, or undefined before it has one. */
function setPassword(login: Login): pulumi.Output<Login | undefined> {
  const { resetAt, triggers } = new RedisInstancePassword(login.account, {
    instanceId,
    account: login.account,
    password: derivePassword(instanceId, login),
    region: "ap-guangzhou",
    triggers: { rotation: String(login.rotation) },
  });
  // A resource that a run leaves out before its first reset has the triggers of the program, and no `resetAt`. Triggers of a
  // reset that has not succeeded are not recorded.
  return pulumi
    .all([resetAt, triggers])
    .apply(([at, set]) => (at && set.rotation ? { ...login, rotation: Number(set.rotation) } : undefined));
}
