import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  // Read from the environment, so that no state ever holds it, not even encrypted.
  password: process.env.REDIS_PASSWORD,
  region: "ap-guangzhou",
});

export const taskId = cache.taskId;
export const resetAt = cache.resetAt;
