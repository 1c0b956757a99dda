import { CloudError } from "./cloudError";
import type { RedisServer } from "./redisServer";

/** A Redis instance of this cloud: what the API tells of it, and the server behind it. */
export interface Instance {
  readonly instanceId: string;
  readonly server: RedisServer;
  /** Whether the instance asks for no password. */
  noAuth: boolean;
}

export type Instances = ReadonlyMap<string, Instance>;

/** @throws CloudError when there is none of this id */
export function findInstance(instances: Instances, instanceId: string): Instance {
  const instance = instances.get(instanceId);
  if (!instance)
    throw new CloudError("ResourceNotFound.InstanceNotExists", `The instance ${instanceId} does not exist.`);
  return instance;
}
