import { CloudError } from "../protocol/cloudError";

/** What an account may do: read, write, or both. */
export type Privilege = "r" | "w" | "rw";

export const privileges: readonly Privilege[] = ["r", "w", "rw"];

/** The nodes that the requests of an account are routed to. */
export type ReadonlyPolicy = readonly ("master" | "replication")[];

export const readonlyPolicies: ReadonlyPolicy = ["master", "replication"];

/** An account of an instance: root, or one that a user has created. */
export interface Account {
  readonly name: string;
  /** Empty for none, which only root can have: the instance is password-free then. */
  password: string;
  privilege: Privilege;
  readonlyPolicy: ReadonlyPolicy;
  remark: string;
  readonly createdAt: Date;
  passwordLastModifiedAt: Date;
  /** @default that of the region */
  readonly passwordTime?: PasswordTime | undefined;
}

/** What the API tells of the times of an account, and what happens to that of its password when the password changes. */
export type PasswordTime = "kept" | "stays" | "empty";

/** An account that starts; what is undefined has the service's default. */
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

/** What a client sends to sign in: for a custom account its name and its password as one password. */
export const passwordToSignIn = ({ name, password }: Pick<Account, "name" | "password">): string =>
  name === rootName ? password : `${name}@${password}`;

/** @throws CloudError unless it is a privilege */
export function requirePrivilege(privilege: string): Privilege {
  const found = privileges.find((each) => each === privilege);
  if (found) return found;
  throw new CloudError("InvalidParameterValue", `Privilege must be one of ${privileges.join(", ")}.`);
}

/** @throws CloudError unless it names nodes, at least one */
export function requireReadonlyPolicy(policy: readonly string[]): ReadonlyPolicy {
  const found = readonlyPolicies.filter((each) => policy.includes(each));
  if (policy.length > 0 && policy.every((each) => found.some((known) => known === each))) return found;
  throw new CloudError("InvalidParameterValue", `ReadonlyPolicy must hold ${readonlyPolicies.join(", ")} or both.`);
}
