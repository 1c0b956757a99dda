/** An account of an instance, in a form that can be compared. */
export interface AccountKey {
  readonly instanceId: string;
  /** `root` for the default account. */
  readonly name: string;
}

interface Named {
  readonly instanceId?: unknown;
  readonly account?: unknown;
}

/** Returns the account that inputs, outputs or a reset name. */
export const toKey = ({ instanceId, account }: Named): AccountKey => ({
  instanceId: String(instanceId),
  name: typeof account === "string" ? account : "root",
});

export const isSame = (one: AccountKey, other: AccountKey): boolean =>
  one.instanceId === other.instanceId && one.name === other.name;
