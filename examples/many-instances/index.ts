import type { Output } from "@pulumi/pulumi";
import { RedisInstancePassword } from "pulumi-tencentcloud-redis";

const instances = {
  sessions: "crs-5a4py64p",
  carts: "crs-8hqn2v0k",
  search: "crs-m3xt7w1d",
};

// A JSON object with a password for each name above, for example from one secret of a secret manager.
const passwords = JSON.parse(process.env.REDIS_PASSWORDS ?? "{}") as Partial<Record<string, string>>;

export const taskIds: Record<string, Output<number | undefined>> = {};

for (const [name, instanceId] of Object.entries(instances)) {
  const password = passwords[name] ?? "";
  const resource = new RedisInstancePassword(name, { instanceId, password, region: "ap-guangzhou" });
  taskIds[name] = resource.taskId;
}
