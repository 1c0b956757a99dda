import { CloudError } from "../protocol/cloudError";
import type { Clock } from "../system/clock";
import type { RedisServer } from "../system/redisServer";
import type { Condition } from "./condition";

/** A Redis instance of this cloud: what the API returns about it, and the server behind it. */
export interface Instance {
  readonly instanceId: string;
  readonly server: Pick<RedisServer, "port" | "setPassword" | "stop">;
  readonly createdAt: Date;
  readonly root: RootAccount;
  readonly condition: Condition;
}

/** The account that every instance has: the only one here. */
export interface RootAccount {
  /** Whether it needs no password. */
  noAuth: boolean;
  passwordLastModifiedAt: Date;
  remark: string;
  readonlyPolicy: readonly string[];
}

export type Instances = ReadonlyMap<string, Instance>;

export const newRootAccount = (noAuth: boolean, createdAt: Date): RootAccount => ({
  noAuth,
  passwordLastModifiedAt: createdAt,
  remark: "default",
  readonlyPolicy: ["master"],
});

/** @throws CloudError if it does not exist, or no longer */
export function findInstance(instances: Instances, instanceId: string): Instance {
  const instance = instances.get(instanceId);
  if (!instance || instance.condition.state === "gone") {
    throw new CloudError("ResourceNotFound.InstanceNotExists", `The instance ${instanceId} does not exist.`);
  }
  return instance;
}

/**
 * @param stateCode the code that the action documents for an instance whose state forbids the change
 * @throws CloudError if it does not exist, or cannot be changed now
 */
export function findInstanceToChange(instances: Instances, instanceId: string, stateCode: string): Instance {
  const instance = findInstance(instances, instanceId);
  const { state } = instance.condition;
  if (state === "normal" || state === "gone") return instance;
  throw new CloudError(stateCode, refusals[state]);
}

const refusals = {
  locked: "The instance is locked by another operation.",
  isolated: "The instance is isolated.",
  deleted: "The instance is to be deleted.",
};

/**
 * Changes the password of the root account, in Redis too.
 *
 * @param clock for the time of the change; undefined if it is not recorded
 */
export async function setRootPassword({ server, root }: Instance, password: string, clock?: Clock): Promise<void> {
  await server.setPassword(password);
  root.noAuth = false;
  if (clock) root.passwordLastModifiedAt = clock.now();
}

/** Removes the password. */
export async function switchAuthenticationOff({ server, root }: Instance): Promise<void> {
  await server.setPassword("");
  root.noAuth = true;
}
