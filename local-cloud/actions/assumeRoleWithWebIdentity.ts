import { type Session, type Sts, openSession, sessionParameters } from "../auth/sts";
import { CloudError } from "../protocol/cloudError";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/1312/73070 */
export const assumeRoleWithWebIdentity: Readonly<Action<Sts>> = {
  parameters: {
    ProviderId: { type: "string", required: true },
    WebIdentityToken: { type: "string", required: true },
    ...sessionParameters,
  },
  // The caller has no key yet.
  unsigned: true,
  run(sts, parameters, { caller }) {
    requireIdentity(sts, parameters.WebIdentityToken as string);
    return openSession(sts, parameters as unknown as Session, caller.accountId);
  },
};

function requireIdentity({ webIdentityToken, clock }: Sts, token: string): void {
  const isRight =
    webIdentityToken === undefined ? token !== "" && !hasExpired(token, clock.now()) : token === webIdentityToken;
  if (!isRight) throw new CloudError("InvalidParameter.WebIdentityTokenError", "WebIdentityToken is not valid.");
}

/** Whether a token is an expired JSON web token. Its signature is not verified. */
function hasExpired(token: string, now: Date): boolean {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { exp?: unknown };
    return typeof claims.exp === "number" && claims.exp * 1000 <= now.getTime();
  } catch {
    return false;
  }
}
