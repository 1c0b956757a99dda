import type { Caller } from "../model/caller";
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
 * Verifies the signature of a request.
 *
 * @returns the caller, and the service that the signature is for, if it names one
 * @throws CloudError with the vendor's `AuthFailure` codes
 * @see https://cloud.tencent.com/document/api/239/20020
 */
export function verifyAuthorization(request: ApiRequest, keys: ApiKeys, nowSeconds: number): Authorization {
  const signature = readSignature(request);
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

/** A form without an Authorization header has one of the older signatures. */
function readSignature(request: ApiRequest): Signature {
  const { headers, form } = request;
  return headers.authorization === undefined && form ? olderSignature(request, form) : tc3Signature(request);
}
