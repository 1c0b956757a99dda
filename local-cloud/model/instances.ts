import { CloudError } from "../protocol/cloudError";
import type { Clock } from "../system/clock";
import type { Logins, RedisServer } from "../system/redisServer";
import { type Account, type Privilege, passwordToSignIn } from "./accounts";
import type { Condition } from "./condition";

/** A Redis instance of this cloud: its data for the API, and the server behind it. */
export interface Instance {
  readonly instanceId: string;
  readonly server: Pick<RedisServer, "port" | "setLogins" | "stop">;
  readonly createdAt: Date;
  readonly root: Account;
  readonly customAccounts: readonly Account[];
  readonly condition: Condition;
}

export type Instances = ReadonlyMap<string, Instance>;

/** @throws CloudError if it does not exist (any more) */
export function findInstance(instances: Instances, instanceId: string): Instance {
  const instance = instances.get(instanceId);
  if (!instance || instance.condition.state === "gone") {
    throw new CloudError("ResourceNotFound.InstanceNotExists", `The instance ${instanceId} does not exist.`);
  }
  return instance;
}

/**
 * @param stateCode the documented code of the action for an instance in the wrong state
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
} as const;

/** @throws CloudError if the instance has no account of that name, with a documented code of ModifyInstanceAccount */
export function findAccount({ root, customAccounts }: Instance, name: string): Account {
  const account = [root, ...customAccounts].find((each) => each.name === name);
  if (account) return account;
  throw new CloudError("InvalidParameter.PermissionDenied", `The account ${name} does not exist.`);
}

export const isPasswordFree = ({ root }: Pick<Instance, "root">): boolean => root.password === "";

/** The changed fields of an account. An undefined field stays as it is. */
export type AccountChange = {
  readonly [Key in "password" | "privilege" | "readonlyPolicy" | "remark"]?: Account[Key] | undefined;
};

/**
 * Changes an account, and its login in Redis.
 *
 * @param clock for the time of a new password; undefined if it is not recorded
 */
export async function changeAccount(
  instance: Instance,
  account: Account,
  change: AccountChange,
  clock?: Clock,
): Promise<void> {
  const before = { ...account };
  const {
    password = before.password,
    privilege = before.privilege,
    readonlyPolicy = before.readonlyPolicy,
    remark = before.remark,
  } = change;
  // Before the Redis server is changed: otherwise a concurrent change of another account would restore the old
  // password.
  Object.assign(account, { password, privilege, readonlyPolicy, remark });
  if (change.password === undefined && privilege === before.privilege) return;
  try {
    await applyLogins(instance);
  } catch (error) {
    Object.assign(account, before);
    throw error;
  }
  if (clock && change.password) account.passwordLastModifiedAt = clock.now();
}

/** Removes the password of root, so that everyone can sign in. */
export const switchAuthenticationOff = (instance: Instance): Promise<void> =>
  changeAccount(instance, instance.root, { password: "" });

/** Allows only the accounts of an instance to sign in to its Redis server. */
export const applyLogins = (instance: Pick<Instance, "server" | "root" | "customAccounts">): Promise<void> =>
  instance.server.setLogins(listLogins(instance));

function listLogins({ root, customAccounts }: Pick<Instance, "root" | "customAccounts">): Logins {
  return {
    passwords: isPasswordFree({ root }) ? [] : [root, ...customAccounts].map(passwordToSignIn),
    users: customAccounts.map(({ name, password, privilege }) => ({
      name,
      password,
      commands: commandRules[privilege],
    })),
  };
}

const commandRules: Readonly<Record<Privilege, readonly string[]>> = {
  r: ["+@all", "-@write"],
  w: ["+@all", "-@read"],
  rw: ["+@all"],
};
