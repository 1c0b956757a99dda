import { getStack } from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

import { batches, region } from "./batches";
import { passwordOf } from "./passwordOf";

const batch = batches.find(({ stack }) => stack === getStack());
if (!batch) throw new Error(`batches.ts has no batch for the stack ${getStack()}`);

for (const instanceId of batch.instanceIds) {
  new RedisInstancePassword(instanceId, { instanceId, region, password: passwordOf(instanceId) });
}
