import type { Caller } from "../model/account";
import { type ApiRequest, commonParameter } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { type ApiKeys, requireToken } from "./apiKeys";
import { olderSignature } from "./olderSignature";
import type { Signature } from "./signature";
import { tc3Signature } from "./tc3Signature";

export interface Authorization {
  readonly caller: Caller;
  readonly signedFor: string | undefined;
}

const greatestClockDifferenceSeconds = 300;

/**
 * Verifies who sent a request and that nothing of it was changed.
 *
 * @returns who has signed it, and the service that the signature was made for, where it says so
 * @throws CloudError with the vendor's `AuthFailure` codes
 * @see https://cloud.tencent.com/document/api/239/20020
 */
export function verifyAuthorization(request: ApiRequest, keys: ApiKeys, nowSeconds: number): Authorization {
  const signature = signatureOf(request);
  const { secretId, timestamp, service } = signature;
  if (Math.abs(nowSeconds - timestamp) > greatestClockDifferenceSeconds) {
    throw new CloudError(
      "AuthFailure.SignatureExpire",
      `The signature has expired: the request's time is ${timestamp}, the service's is ${Math.floor(nowSeconds)}.`,
    );
  }
  const key = keys.find(secretId);
  if (!signature.isMadeWith(key.secretKey)) {
    throw new CloudError("AuthFailure.SignatureFailure", "The provided credentials could not be validated.");
  }
  requireToken(key, commonParameter(request, "Token"), nowSeconds);
  const { accountId, role } = key;
  return { caller: { accountId, role }, signedFor: service };
}

/** A header says TC3-HMAC-SHA256; without it, a form carries one of the older signatures. */
function signatureOf(request: ApiRequest): Signature {
  const { headers, form } = request;
  return headers.authorization === undefined && form ? olderSignature(request, form) : tc3Signature(request);
}
