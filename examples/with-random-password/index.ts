import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

const random = new RandomPassword("password", {
  length: 32,
  overrideSpecial: "-_.",
  // The service requires at least two kinds of characters.
  minLower: 1,
  minNumeric: 1,
  // A changed value generates a new password.
  keepers: { rotation: new pulumi.Config().get("rotation") ?? "1" },
});

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  password: random.result,
  region: "ap-guangzhou",
});

export const taskId = cache.taskId;
export const password = random.result;
