import * as pulumi from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

import { type Login, derivePassword, loginFor } from "./login";

const instanceId = "crs-5a4py64p";

const rotation = new pulumi.Config().requireNumber("rotation");

export const current = setPassword(loginFor(rotation));

// Keeps the password that the rotation before has set: consumers may still sign in with it.
setPassword(loginFor(rotation - 1));

/** Returns the login once its password is set: a failed reset leaves the stack's output as it was. */
function setPassword(login: Login): pulumi.Output<Login> {
  const resource = new RedisInstancePassword(login.account, {
    instanceId,
    account: login.account,
    password: derivePassword(instanceId, login),
    region: "ap-guangzhou",
  });
  return resource.id.apply(() => login);
}
