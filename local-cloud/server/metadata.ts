import type { ApiKeys, TemporaryKey } from "../auth/apiKeys";
import { formatExpiry, deriveRoleId } from "../auth/sts";
import { ownAccountId } from "../model/caller";
import type { Clock } from "../system/clock";

/** The part of a virtual machine's metadata service that issues the key of its role. */
export interface Metadata {
  /** Returns the response to a GET request for a path. */
  answer(path: string): MetadataAnswer;
}

interface MetadataAnswer {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly body: string;
}

/** This path returns the role's name, and the path below it the key. */
const credentialsPath = "/latest/meta-data/cam/security-credentials/";

/** Whether a request is for the metadata service, not the API. */
export const isMetadataPath = (url: string | undefined): boolean => url?.startsWith("/latest/meta-data/") ?? false;

/**
 * @param role the role of the virtual machine, or undefined if it has none
 * @param seconds the lifetime of its keys
 * @see https://cloud.tencent.com/document/product/213/4934
 */
export function createMetadata(role: string | undefined, keys: ApiKeys, seconds: number, clock: Clock): Metadata {
  let key: TemporaryKey | undefined;
  return {
    answer(path) {
      if (role === undefined) return notFound;
      if (path === credentialsPath || `${path}/` === credentialsPath) return found("text/plain", role);
      if (decoded(path) !== credentialsPath + role) return notFound;
      // All requests get the same key until half of its lifetime has passed.
      if (!key || remainingSeconds(key, clock.now()) < seconds / 2)
        key = keys.issue(seconds, { accountId: ownAccountId, role: { roleId: deriveRoleId(role), sessionName: role } });
      return found("application/json", JSON.stringify(describe(key)));
    },
  };
}

const found = (contentType: string, body: string): MetadataAnswer => ({ status: 200, contentType, body });

const notFound: Readonly<MetadataAnswer> = { status: 404, contentType: "text/plain", body: "Not Found" };

const remainingSeconds = ({ temporary }: TemporaryKey, now: Date): number =>
  (temporary.expiresAt.getTime() - now.getTime()) / 1000;

const describe = ({ secretId, secretKey, temporary }: TemporaryKey): object => ({
  TmpSecretId: secretId,
  TmpSecretKey: secretKey,
  ...formatExpiry(temporary),
  Token: temporary.token,
  Code: "Success",
});

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
