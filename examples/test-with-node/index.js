import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  // From the environment, so that no state, not even an encrypted one, ever holds it.
  password: process.env.REDIS_PASSWORD,
  region: "ap-guangzhou",
});

export const taskId = cache.taskId;
export const resetAt = cache.resetAt;
