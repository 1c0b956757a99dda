import type { AccountIndex } from "./steps";

/** Contain the short key that requests are signed with. */
export const instanceIds = ["crs-test0", "crs-test1"] as const;
export const region = "ap-guangzhou";

/** The accounts of each instance as in a state: undefined for the default account. */
export const accounts = [undefined, "app", "jobs"] as const;

/** Returns the name of an account, including the default one. */
export const nameAccount = (index: AccountIndex): string => accounts[index] ?? "root";

/** Part of every password, and of no other text. */
export const mark = "-Passw0rd-";

export const passwords = [`zero${mark}x`, `one${mark}x`, `two${mark}x`] as const;

/** The password that somebody else sets. */
export const foreignPassword = `foreign${mark}x`;

const firstPassword = `start${mark}x`;
const customAccounts = accounts.filter((account) => account !== undefined);
const firstPasswords = {
  password: firstPassword,
  accounts: Object.fromEntries(customAccounts.map((account) => [account, firstPassword])),
};

/** The options of the cloud of all stories. */
export const startOptions = {
  instances: Object.fromEntries(instanceIds.map((instanceId) => [instanceId, firstPasswords])),
  secretKey: "test",
};
