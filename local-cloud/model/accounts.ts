import { CloudError } from "../protocol/cloudError";

/** The permissions of an account: read, write, or both. */
export type Privilege = "r" | "w" | "rw";

export const privileges: readonly Privilege[] = ["r", "w", "rw"];

/** The nodes that the requests of an account are routed to. */
export type ReadonlyPolicy = readonly ("master" | "replication")[];

export const readonlyPolicies: ReadonlyPolicy = ["master", "replication"];

/** An account of an instance: root, or a custom account. */
export interface Account {
  readonly name: string;
  /** Empty for none, which only root may have: the instance is then in password-free mode. */
  password: string;
  privilege: Privilege;
  readonlyPolicy: ReadonlyPolicy;
  remark: string;
  readonly createdAt: Date;
  passwordLastModifiedAt: Date;
  /** @default that of the region */
  readonly passwordTime?: PasswordTime | undefined;
}

/** What happens to the API's time of the last password change when a password changes. */
export type PasswordTime = "kept" | "stays" | "empty";

/** The initial values of an account; undefined means the service's default. */
type NewAccount = Pick<Account, "name" | "password" | "createdAt"> & {
  readonly [Key in "privilege" | "readonlyPolicy" | "remark" | "passwordTime"]?: Account[Key] | undefined;
};

/** Returns an account with the service's defaults. */
export const newAccount = ({
  name,
  password,
  createdAt,
  privilege = "rw",
  readonlyPolicy = ["master"],
  remark = "",
  passwordTime,
}: NewAccount): Account => ({
  name,
  password,
  privilege,
  readonlyPolicy,
  remark,
  createdAt,
  passwordLastModifiedAt: createdAt,
  passwordTime,
});

/** The default account, which every instance has. */
export const rootName = "root";

export const newRootAccount = (password: string, createdAt: Date, passwordTime?: PasswordTime): Account =>
  newAccount({ name: rootName, password, createdAt, remark: "default", passwordTime });

/** Returns the password that a client sends to sign in: for a custom account, its name and its password joined. */
export const passwordToSignIn = ({ name, password }: Pick<Account, "name" | "password">): string =>
  name === rootName ? password : `${name}@${password}`;

/** @throws CloudError if it is not a valid privilege */
export function requirePrivilege(privilege: string): Privilege {
  const found = privileges.find((each) => each === privilege);
  if (found) return found;
  throw new CloudError("InvalidParameterValue", `Privilege must be one of ${privileges.join(", ")}.`);
}

/** @throws CloudError if it does not name at least one kind of node */
export function requireReadonlyPolicy(policy: readonly string[]): ReadonlyPolicy {
  const found = readonlyPolicies.filter((each) => policy.includes(each));
  if (policy.length > 0 && policy.every((each) => found.some((known) => known === each))) return found;
  throw new CloudError("InvalidParameterValue", `ReadonlyPolicy must contain ${readonlyPolicies.join(", ")} or both.`);
}
