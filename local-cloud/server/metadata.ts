import type { ApiKeys, TemporaryKey } from "../auth/apiKeys";
import { endOf, roleIdOf } from "../auth/sts";
import { account } from "../model/account";
import type { Clock } from "../system/clock";

/** What the metadata service of a virtual machine tells about its role. */
export interface Metadata {
  /** Answers the request for a path. */
  answer(path: string): MetadataAnswer;
}

interface MetadataAnswer {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly body: string;
}

/** Under this path are the role's name, and below that its key. */
const credentialsPath = "/latest/meta-data/cam/security-credentials/";

/** Whether a request is for the metadata service, and not for the API. */
export const isMetadataPath = (url: string | undefined): boolean => url?.startsWith("/latest/meta-data/") ?? false;

/**
 * @param role the role of the virtual machine, or undefined when none is bound to it
 * @param seconds how long its keys last
 * @see https://cloud.tencent.com/document/product/213/4934
 */
export function metadataOf(role: string | undefined, keys: ApiKeys, seconds: number, clock: Clock): Metadata {
  let key: TemporaryKey | undefined;
  return {
    answer(path) {
      if (role === undefined) return notFound;
      if (path === credentialsPath || `${path}/` === credentialsPath) return found("text/plain", role);
      if (decoded(path) !== credentialsPath + role) return notFound;
      // The same key for everybody who asks, until half of its time is over.
      if (!key || remainingSeconds(key, clock.now()) < seconds / 2)
        key = keys.issue(seconds, { accountId: account, role: { roleId: roleIdOf(role), sessionName: role } });
      return found("application/json", JSON.stringify(describe(key)));
    },
  };
}

const found = (contentType: string, body: string): MetadataAnswer => ({ status: 200, contentType, body });

const notFound: MetadataAnswer = { status: 404, contentType: "text/plain", body: "Not Found" };

const remainingSeconds = ({ temporary }: TemporaryKey, now: Date): number =>
  (temporary.expiresAt.getTime() - now.getTime()) / 1000;

const describe = ({ secretId, secretKey, temporary }: TemporaryKey): object => ({
  TmpSecretId: secretId,
  TmpSecretKey: secretKey,
  ...endOf(temporary),
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
