import { createHash } from "node:crypto";

import { CloudError } from "../protocol/cloudError";
import { toIsoSeconds } from "../protocol/serviceTime";
import type { Clock } from "../system/clock";
import type { ApiKeys, TemporaryKey } from "./apiKeys";

/** The security token service of this cloud. */
export interface Sts {
  readonly keys: ApiKeys;
  /** The ARNs of the roles that there are; undefined for any. */
  readonly roles?: readonly string[];
  /** The one web identity token that counts; undefined for any. */
  readonly webIdentityToken?: string;
  /** The longest that a temporary key lasts here, in seconds. */
  readonly temporaryKeySeconds: number;
  readonly clock: Clock;
}

/** What both ways to assume a role take. */
export const sessionParameters = {
  RoleArn: { type: "string", required: true },
  RoleSessionName: { type: "string", required: true },
  // An example of the vendor has it as text.
  DurationSeconds: { type: "integer", mayBeText: true },
} as const;

export interface Session {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number;
}

/**
 * The answer with a key for a role.
 *
 * @param accountId of the caller, which the key belongs to as well
 * @throws CloudError
 * @see https://cloud.tencent.com/document/api/1312/48197
 */
export function openSession({ keys, roles, temporaryKeySeconds }: Sts, session: Session, accountId: string): object {
  const { RoleArn, RoleSessionName, DurationSeconds = 7200 } = session;
  if (!/^qcs::cam::uin\/\d+:role(Name)?\/[^\s/]+(\/[^\s/]+)?$/.test(RoleArn)) {
    throw new CloudError("InvalidParameter.ParamError", "RoleArn must be like qcs::cam::uin/1:roleName/name.");
  }
  if (!/^[\w+=,.@-]{2,128}$/.test(RoleSessionName)) {
    throw new CloudError("InvalidParameter.ParamError", "RoleSessionName must be 2 to 128 of its characters.");
  }
  if (DurationSeconds < 1 || DurationSeconds > 43_200) {
    throw new CloudError("InvalidParameter.OverTimeError", "DurationSeconds must be 1 to 43200.");
  }
  if (roles && !roles.includes(RoleArn)) {
    throw new CloudError("ResourceNotFound.RoleNotFound", "The role does not exist.");
  }
  const { secretId, secretKey, temporary } = keys.issue(Math.min(DurationSeconds, temporaryKeySeconds), {
    accountId,
    role: { roleId: roleIdOf(RoleArn), sessionName: RoleSessionName },
  });
  return {
    Credentials: { Token: temporary.token, TmpSecretId: secretId, TmpSecretKey: secretKey },
    ...endOf(temporary),
  };
}

/** Returns the same id for the same role, as long as the vendor's. */
export function roleIdOf(role: string): string {
  const number = createHash("sha256").update(role).digest().readUInt32BE() % 1_000_000;
  return `4611686018427${String(number).padStart(6, "0")}`;
}

/** When a temporary key ends, both ways in which it is told. */
export const endOf = ({ expiresAt }: TemporaryKey["temporary"]): object => ({
  ExpiredTime: expiresAt.getTime() / 1000,
  Expiration: toIsoSeconds(expiresAt),
});
