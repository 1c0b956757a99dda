import * as pulumi from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

import { type Login, derivePassword, loginFor } from "./login";

const instanceId = "crs-5a4py64p";

const rotation = new pulumi.Config().requireNumber("rotation");

/** The newest login whose password is set: a run that sets none, or fails, leaves it as it was. */
export const current = pulumi
  // The other account keeps the password that the rotation before has set: consumers may still sign in with it.
  .all([setPassword(loginFor(rotation)), setPassword(loginFor(rotation - 1))])
  .apply(([one, other]) => (one.rotation > other.rotation ? one : other));

/** Sets the password of a login, and returns the login that the account has then. */
function setPassword(login: Login): pulumi.Output<Login> {
  const { triggers } = new RedisInstancePassword(login.account, {
    instanceId,
    account: login.account,
    password: derivePassword(instanceId, login),
    region: "ap-guangzhou",
    triggers: { rotation: String(login.rotation) },
  });
  return triggers.apply((recorded) => ({ ...login, rotation: Number(recorded.rotation) }));
}
