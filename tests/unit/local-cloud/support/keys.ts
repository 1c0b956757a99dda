import { ownAccountId } from "../../../../local-cloud/model/caller";

export const permanent = { secretId: "AKIDpermanent", secretKey: "secret-key-1", accountId: ownAccountId };
/** A key of another account. */
export const foreign = { secretId: "AKIDforeign", secretKey: "secret-key-4", accountId: "200000000002" };
export const temporary = {
  secretId: "AKIDtemporary",
  secretKey: "secret-key-2",
  accountId: ownAccountId,
  temporary: { token: "secret-token", expiresAt: new Date(Date.now() + 3_600_000) },
};
export const expired = {
  secretId: "AKIDexpired",
  secretKey: "secret-key-3",
  accountId: ownAccountId,
  temporary: { token: "secret-token", expiresAt: new Date(Date.now() - 1000) },
};
