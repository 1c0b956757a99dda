import * as pulumi from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

const config = new pulumi.Config();

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  password: process.env.REDIS_PASSWORD!,
  region: "ap-guangzhou",
  // The instance already has this password: the first up adopts it, and resets nothing.
  onCreate: "adopt",
  // The password is tried at this address before it is adopted, and after each reset.
  verify: { host: config.require("redisHost"), port: config.getNumber("redisPort") ?? 6379 },
});

export const taskId = cache.taskId;
export const resetAt = cache.resetAt;
