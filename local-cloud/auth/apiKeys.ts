import { randomBytes } from "node:crypto";

import type { Caller } from "../model/caller";
import { CloudError } from "../protocol/cloudError";
import { type Clock, realClock } from "../system/clock";

/** A key that requests are signed with. A temporary key comes with a token. */
export interface ApiKey extends Caller {
  readonly secretId: string;
  readonly secretKey: string;
  readonly temporary?: { readonly token: string; readonly expiresAt: Date };
}

export type TemporaryKey = ApiKey & Required<Pick<ApiKey, "temporary">>;

/** How long an expired key is kept, so that its use gets the error "expired" instead of "not found". */
const rememberedMs = 3_600_000;

/** The keys that this cloud knows. */
export class ApiKeys {
  private readonly all = new Map<string, ApiKey>();

  constructor(
    keys: readonly ApiKey[],
    private readonly clock: Clock = realClock,
  ) {
    for (const key of keys) this.all.set(key.secretId, key);
  }

  /** @throws CloudError if the key does not exist */
  find(secretId: string): ApiKey {
    const key = this.all.get(secretId);
    if (!key)
      throw new CloudError("AuthFailure.SecretIdNotFound", "The SecretId is not found. Check that it is correct.");
    return key;
  }

  /**
   * Issues a temporary key. It expires on a full second, because responses of the service have no fractions of seconds.
   */
  issue(seconds: number, caller: Caller): TemporaryKey {
    this.forgetOld();
    const key = {
      ...caller,
      secretId: `AKID${randomBytes(24).toString("hex")}`,
      secretKey: randomBytes(24).toString("base64"),
      temporary: {
        token: randomBytes(96).toString("base64url"),
        expiresAt: new Date(Math.floor(this.clock.now().getTime() / 1000 + seconds) * 1000),
      },
    };
    this.all.set(key.secretId, key);
    return key;
  }

  private forgetOld(): void {
    const now = this.clock.now().getTime();
    for (const [secretId, { temporary }] of this.all) {
      if (temporary && temporary.expiresAt.getTime() + rememberedMs < now) this.all.delete(secretId);
    }
  }
}

/**
 * Verifies the token of a key: a temporary key requires its own token and expires, a permanent key has no token.
 *
 * @throws CloudError
 */
export function requireToken({ temporary }: ApiKey, token: string | undefined, nowSeconds: number): void {
  if (temporary?.token !== token) {
    throw new CloudError("AuthFailure.TokenFailure", "The token does not belong to the SecretId.");
  }
  if (temporary && temporary.expiresAt.getTime() <= nowSeconds * 1000) {
    throw new CloudError("AuthFailure.TokenFailure", "The token has expired.");
  }
}
