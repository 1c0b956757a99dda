import { createHash } from "node:crypto";

import { CloudError } from "../protocol/cloudError";
import { toIsoSeconds } from "../protocol/serviceTime";
import type { Clock } from "../system/clock";
import type { ApiKeys, TemporaryKey } from "./apiKeys";

/** The security token service (STS) of this cloud. */
export interface Sts {
  readonly keys: ApiKeys;
  /** The ARNs of the existing roles; undefined for any. */
  readonly roles?: readonly string[];
  /** The only accepted web identity token; undefined for any. */
  readonly webIdentityToken?: string;
  /** The longest lifetime of a temporary key, in seconds. */
  readonly temporaryKeySeconds: number;
  readonly clock: Clock;
}

/** The parameters that both actions that assume a role share. */
export const sessionParameters = {
  RoleArn: { type: "string", required: true },
  RoleSessionName: { type: "string", required: true },
  // An example in the vendor's documentation sends it as a string.
  DurationSeconds: { type: "integer", mayBeText: true },
} as const;

export interface Session {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number;
}

/**
 * Returns the response with a key for a role.
 *
 * @param accountId the caller's account, to which the key belongs
 * @throws CloudError
 * @see https://cloud.tencent.com/document/api/1312/48197
 */
export function openSession({ keys, roles, temporaryKeySeconds }: Sts, session: Session, accountId: string): object {
  const { RoleArn, RoleSessionName, DurationSeconds = 7200 } = session;
  if (!/^qcs::cam::uin\/\d+:role(Name)?\/[^\s/]+(\/[^\s/]+)?$/.test(RoleArn)) {
    throw new CloudError("InvalidParameter.ParamError", "RoleArn must look like qcs::cam::uin/1:roleName/name.");
  }
  if (!/^[\w+=,.@-]{2,128}$/.test(RoleSessionName)) {
    throw new CloudError("InvalidParameter.ParamError", "RoleSessionName must have 2 to 128 allowed characters.");
  }
  if (DurationSeconds < 1 || DurationSeconds > 43_200) {
    throw new CloudError("InvalidParameter.OverTimeError", "DurationSeconds must be 1 to 43200.");
  }
  if (roles && !roles.includes(RoleArn)) {
    throw new CloudError("ResourceNotFound.RoleNotFound", "The role does not exist.");
  }
  const { secretId, secretKey, temporary } = keys.issue(Math.min(DurationSeconds, temporaryKeySeconds), {
    accountId,
    role: { roleId: deriveRoleId(RoleArn), sessionName: RoleSessionName },
  });
  return {
    Credentials: { Token: temporary.token, TmpSecretId: secretId, TmpSecretKey: secretKey },
    ...formatExpiry(temporary),
  };
}

/** Returns a constant id for a role, of the same length as the vendor's ids. */
export function deriveRoleId(role: string): string {
  const number = createHash("sha256").update(role).digest().readUInt32BE() % 1_000_000;
  return `4611686018427${String(number).padStart(6, "0")}`;
}

/** Formats the expiry of a temporary key in the two formats that the service returns. */
export const formatExpiry = ({ expiresAt }: TemporaryKey["temporary"]): object => ({
  ExpiredTime: expiresAt.getTime() / 1000,
  Expiration: toIsoSeconds(expiresAt),
});
