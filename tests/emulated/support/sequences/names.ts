import type { AccountIndex } from "./steps";

/** They hold the short key that requests are signed with. */
export const instanceIds = ["crs-test0", "crs-test1"] as const;
export const region = "ap-guangzhou";

/** The accounts of each instance as a state records them: nothing for the default account. */
export const accounts = [undefined, "app", "jobs"] as const;

/** The name of an account, also of the default one. */
export const nameAccount = (index: AccountIndex): string => accounts[index] ?? "root";

/** Every password has this in it, and nothing else has. */
export const mark = "-Passw0rd-";

export const passwords = [`zero${mark}x`, `one${mark}x`, `two${mark}x`] as const;

/** What somebody else sets. */
export const foreignPassword = `foreign${mark}x`;

const firstPassword = `start${mark}x`;
const customAccounts = accounts.filter((account) => account !== undefined);
const firstPasswords = {
  password: firstPassword,
  accounts: Object.fromEntries(customAccounts.map((account) => [account, firstPassword])),
};

/** What the cloud of all stories is started with. */
export const startOptions = {
  instances: Object.fromEntries(instanceIds.map((instanceId) => [instanceId, firstPasswords])),
  secretKey: "test",
};
