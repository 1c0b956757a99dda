import { createHash, createHmac } from "node:crypto";

import type { Secret } from "../secrets/secret";

/** An API key of Tencent Cloud; with a token, a temporary one. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: Secret;
  readonly token?: Secret;
  /** When a temporary key expires, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** The source of the key, for errors. Holds no secret. */
  readonly source?: string;
  /**
   * The id of the first key in a series of renewals: it identifies the account, whose quota does not change with a new
   * key.
   */
  readonly firstSecretId?: string;
}

/** A JSON POST request, as far as its signature depends on it. */
export interface RequestToSign {
  readonly service: string;
  /** The `Host` header, including a port if there is one. */
  readonly host: string;
  readonly action: string;
  readonly contentType: string;
  readonly body: string;
  /** The `X-TC-Timestamp` header, in seconds since 1970. */
  readonly timestamp: number;
}

const algorithm = "TC3-HMAC-SHA256";
/**
 * The headers that the documentation signs. The service requires the first two only, and the vendor's SDKs sign no
 * others.
 */
const signedHeaders = "content-type;host;x-tc-action";

/**
 * Returns the `Authorization` header of a request, by TC3-HMAC-SHA256.
 *
 * @see https://cloud.tencent.com/document/api/239/20020
 */
export function authorization(request: RequestToSign, { secretId, secretKey }: Credentials): string {
  const signature = sign(stringToSign(canonicalRequest(request), request), request, secretKey);
  return `${algorithm} Credential=${secretId}/${scope(request)}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

/** The first step: the parts of the request to sign. */
export function canonicalRequest({ contentType, host, action, body }: RequestToSign): string {
  const values = { "content-type": contentType, host, "x-tc-action": action };
  const headers = Object.entries(values).map(([name, value]) => `${name}:${value.trim().toLowerCase()}`);
  return ["POST", "/", "", ...headers, "", signedHeaders, sha256(body)].join("\n");
}

/** The second step: the canonical request's hash, bound to a time and a service. */
export function stringToSign(canonical: string, request: RequestToSign): string {
  return [algorithm, request.timestamp, scope(request), sha256(canonical)].join("\n");
}

/** The third step: the signature, in hexadecimal. */
export function sign(text: string, request: RequestToSign, secretKey: Secret): string {
  const dateKey = hmac(`TC3${secretKey.expose()}`, utcDate(request.timestamp));
  const serviceKey = hmac(dateKey, request.service);
  return hmac(hmac(serviceKey, "tc3_request"), text).toString("hex");
}

const scope = ({ timestamp, service }: RequestToSign): string => `${utcDate(timestamp)}/${service}/tc3_request`;

const utcDate = (timestamp: number): string => new Date(timestamp * 1000).toISOString().slice(0, 10);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
