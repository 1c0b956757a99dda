import { createHmac } from "node:crypto";

import { type ApiRequest, missingParameter } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { type Signature, equal, signedHosts } from "./signature";

/**
 * Parses a HmacSHA256 or HmacSHA1 signature. These are older than TC3-HMAC-SHA256, and fields of the form themselves.
 *
 * @throws CloudError if one of these fields is missing or malformed
 * @see https://cloud.tencent.com/document/product/849/52015
 */
export function olderSignature({ method, host, path }: ApiRequest, form: URLSearchParams): Signature {
  const secretId = requireField(form, "SecretId");
  const signature = requireField(form, "Signature");
  const timestamp = requireNumber(form, "Timestamp");
  requireNumber(form, "Nonce");
  const algorithm = findAlgorithm(form.get("SignatureMethod") ?? "HmacSHA1");
  const text = textToSign(form);
  return {
    secretId,
    timestamp,
    isMadeWith: (secretKey) =>
      signedHosts(host).some((signedHost) =>
        equal(
          createHmac(algorithm, secretKey).update(`${method}${signedHost}${path}?${text}`).digest("base64"),
          signature,
        ),
      ),
  };
}

/** Returns all fields except the signature, sorted by name, before URL encoding. */
const textToSign = (form: URLSearchParams): string =>
  [...form]
    .filter(([name]) => name !== "Signature")
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

const algorithms: ReadonlyMap<string, string> = new Map([
  ["HmacSHA256", "sha256"],
  ["HmacSHA1", "sha1"],
]);

function findAlgorithm(method: string): string {
  const algorithm = algorithms.get(method);
  if (algorithm) return algorithm;
  throw new CloudError("InvalidParameterValue", "SignatureMethod must be HmacSHA256 or HmacSHA1.");
}

function requireField(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw missingParameter(name);
  return value;
}

function requireNumber(form: URLSearchParams, name: string): number {
  const value = requireField(form, name);
  // A nonce of the vendor's Python client can exceed the safe integers of JavaScript.
  if (!/^\d{1,20}$/.test(value)) throw new CloudError("InvalidParameter", `The type of \`${name}\` must be integer.`);
  return Number(value);
}
