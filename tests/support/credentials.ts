import { Secret } from "../../provider/tencentcloud/secrets/secret";
import type { Credentials } from "../../provider/tencentcloud/transport/signature";

/** A key as the local cloud has it. */
export interface PlainKey {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string | undefined;
}

/** The credentials that the client takes, of a key in plain text. */
export const credentialsWith = ({ secretId, secretKey, token }: PlainKey): Credentials => ({
  secretId,
  secretKey: new Secret(secretKey),
  ...(token !== undefined && { token: new Secret(token) }),
});
