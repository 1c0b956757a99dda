import { type Verification, verifyPassword } from "../../provider/resource/verify/verifyPassword";
import type { Address } from "../../provider/resource/contract/verifyInput";
import { Redactor } from "../../provider/tencentcloud/secrets/redactor";
import type { Secret } from "../../provider/tencentcloud/secrets/secret";

/** Tries a password outside of any session, on this machine unless the address says otherwise. */
export const verifyAt = (
  address: Partial<Address> & Pick<Address, "port">,
  password: Secret,
  remainingMs = 5000,
  account?: string,
): Promise<Verification> =>
  verifyPassword({ host: "127.0.0.1", ...address }, { account, password }, remainingMs, new Redactor());
