import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

import { stsActions } from "../../../../local-cloud/actions";
import { type ApiRequest, parseRequest } from "../../../../local-cloud/protocol/apiRequest";
import { authorization } from "../../../../provider/tencentcloud/transport/signature";
import { permanent } from "./keys";
import { credentialsWith } from "../../../support/credentials";

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface Call {
  readonly action: string;
  readonly parameters?: object;
  readonly body?: string;
  readonly region?: string;
  readonly version?: string;
  readonly key?: { readonly secretId: string; readonly secretKey: string };
  readonly token?: string;
  readonly service?: string;
  /** The Host header. */
  readonly host?: string;
  /** The host that is signed. */
  readonly signedHost?: string;
  readonly contentType?: string;
  readonly headers?: IncomingHttpHeaders;
  /** The clock of the client, in milliseconds since 1970. @default the real one */
  readonly nowMs?: number;
}

/** Returns a JSON POST with a TC3-HMAC-SHA256 signature. */
export function json(port: number, call: Call): Sent {
  const { action, region = "ap-guangzhou", key = permanent, token, contentType = "application/json" } = call;
  const host = call.host ?? `127.0.0.1:${port}`;
  const body = call.body ?? JSON.stringify(call.parameters ?? {});
  const timestamp = Math.floor((call.nowMs ?? Date.now()) / 1000);
  const isSts = stsActions.has(action);
  const service = call.service ?? (isSts ? "sts" : "redis");
  const toSign = { service, host: call.signedHost ?? host, action, contentType, body, timestamp };
  return {
    headers: {
      Host: host,
      Authorization: authorization(toSign, credentialsWith(key)),
      "Content-Type": contentType,
      "X-TC-Action": action,
      "X-TC-Version": call.version ?? (isSts ? "2018-08-13" : "2018-04-12"),
      "X-TC-Region": region,
      "X-TC-Timestamp": String(timestamp),
      ...(token === undefined ? {} : { "X-TC-Token": token }),
      ...call.headers,
    },
    body,
  };
}

/** Returns a form or a query with one of the older signatures. */
export function older(
  port: number,
  method: "GET" | "POST",
  fields: object,
  signatureMethod = "HmacSHA256",
  key = permanent,
): Sent {
  const all: Record<string, string> = {
    Action: "ResetPassword",
    Version: "2018-04-12",
    Region: "ap-guangzhou",
    Timestamp: String(Math.floor(Date.now() / 1000)),
    Nonce: "11886",
    SecretId: key.secretId,
    SignatureMethod: signatureMethod,
    RequestClient: "SDK_PYTHON_3.0",
    ...fields,
  };
  const host = `127.0.0.1:${port}`;
  const plain = Object.keys(all)
    .sort()
    .map((name) => `${name}=${all[name] ?? ""}`)
    .join("&");
  const algorithm = signatureMethod === "HmacSHA1" ? "sha1" : "sha256";
  const Signature = createHmac(algorithm, key.secretKey).update(`${method}${host}/?${plain}`).digest("base64");
  const encoded = new URLSearchParams({ ...all, Signature }).toString();
  return method === "GET"
    ? { method, path: `/?${encoded}`, headers: { Host: host } }
    : { headers: { Host: host, "Content-Type": "application/x-www-form-urlencoded" }, body: encoded };
}

/** Returns a request with TC3-HMAC-SHA256 that is not a JSON POST, or whose body is not signed. */
export function tc3(
  port: number,
  action: string,
  sent: {
    method: "GET" | "POST";
    query?: string;
    body?: string;
    contentType?: string;
    unsigned?: true;
    version?: string;
  },
): Sent {
  const { method, query = "", body = "", contentType = "application/x-www-form-urlencoded", unsigned } = sent;
  const host = `127.0.0.1:${port}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const canonical = [
    ...[method, "/", query, `content-type:${contentType}`, `host:${host}`, "", "content-type;host"],
    sha256(unsigned ? "UNSIGNED-PAYLOAD" : body),
  ].join("\n");
  const scope = `${date}/redis/tc3_request`;
  const key = hmac(hmac(hmac(`TC3${permanent.secretKey}`, date), "redis"), "tc3_request");
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`).toString("hex");
  return {
    method,
    path: query ? `/?${query}` : "/",
    headers: {
      Host: host,
      "Content-Type": contentType,
      Authorization: `TC3-HMAC-SHA256 Credential=${permanent.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
      "X-TC-Action": action,
      "X-TC-Version": "2018-04-12",
      "X-TC-Region": "ap-guangzhou",
      "X-TC-Timestamp": String(timestamp),
      ...(unsigned ? { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" } : {}),
    },
    body,
  };
}

/** The parameters of the vendor's documented example. */
export const documented = { InstanceId: "crs-5a4py64p", Password: "zy456987" };
export const reset = { action: "ResetPassword", parameters: documented };

/** Returns a request as the server parses it. */
export function arrived(request: {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string;
}): ApiRequest {
  const { method = "POST", url = "/", headers = {}, body = "" } = request;
  return parseRequest({ method, url, headers }, Buffer.from(body));
}
