import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

import { passwordOf } from "./passwordOf";

const instanceId = "crs-5a4py64p";

// For example 2026-11, in UTC.
const month = new Date().toISOString().slice(0, 7);

const cache = new RedisInstancePassword("cache", {
  instanceId,
  password: passwordOf(instanceId, month),
  region: "ap-guangzhou",
  triggers: { month },
});

export const taskId = cache.taskId;
export const resetAt = cache.resetAt;
