import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

// Read from the environment, so that no state ever holds it, not even encrypted.
const password = process.env.REDIS_PASSWORD!;

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  password,
  region: "ap-guangzhou",
});

export const taskId = cache.taskId;
export const resetAt = cache.resetAt;
