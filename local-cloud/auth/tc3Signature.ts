import { createHash, createHmac } from "node:crypto";

import { type ApiRequest, commonParameter } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { type Signature, equal, signedHosts } from "./signature";

/**
 * Parses a TC3-HMAC-SHA256 signature from the Authorization header.
 *
 * @throws CloudError if the header is malformed
 * @see https://cloud.tencent.com/document/api/239/20020
 */
export function tc3Signature(request: ApiRequest): Signature {
  const header = parseHeader(request.headers.authorization);
  const timestamp = commonParameter(request, "Timestamp");
  if (!timestamp || !/^\d{1,11}$/.test(timestamp)) throw invalid("X-TC-Timestamp must be a number of seconds.");
  if (header.date !== new Date(Number(timestamp) * 1000).toISOString().slice(0, 10)) {
    throw invalid("The date in Credential does not match X-TC-Timestamp.");
  }
  return {
    secretId: header.secretId,
    timestamp: Number(timestamp),
    service: header.service,
    isMadeWith: (secretKey) =>
      signedHosts(request.host).some((host) =>
        equal(expected(canonicalRequest(request, header, host), header, timestamp, secretKey), header.signature),
      ),
  };
}

interface Header {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

// The service may be any first label of a host name: the vendor's Node.js client takes it from the address.
const headerPattern =
  /^TC3-HMAC-SHA256 Credential=(?<secretId>[^/\s]+)\/(?<date>\d{4}-\d\d-\d\d)\/(?<service>[^/\s,]+)\/tc3_request, *SignedHeaders=(?<signedHeaders>[a-z0-9;-]+), *Signature=(?<signature>[0-9a-f]{64})$/;

function parseHeader(text: string | undefined): Header {
  const header = headerPattern.exec(text ?? "")?.groups as Header | undefined;
  if (!header) throw invalid("The Authorization header is malformed.");
  const signed = header.signedHeaders.split(";");
  if (!signed.includes("content-type") || !signed.includes("host")) {
    throw invalid("SignedHeaders must contain content-type and host.");
  }
  return header;
}

function canonicalRequest(request: ApiRequest, { signedHeaders }: Header, host: string): string {
  let canonical = `${request.method}\n${request.path}\n${request.query}\n`;
  for (const name of signedHeaders.split(";")) {
    const value = name === "host" ? host : String(request.headers[name] ?? "");
    canonical += `${name}:${value.trim().toLowerCase()}\n`;
  }
  return `${canonical}\n${signedHeaders}\n${hash(signedBody(request))}`;
}

const unsigned = "UNSIGNED-PAYLOAD";

const signedBody = ({ headers, body }: ApiRequest): string | Buffer =>
  headers["x-tc-content-sha256"] === unsigned ? unsigned : body;

function expected(canonical: string, { date, service }: Header, timestamp: string, secretKey: string): string {
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`;
  let key: Buffer = Buffer.from(`TC3${secretKey}`);
  for (const part of [date, service, "tc3_request", text]) key = createHmac("sha256", key).update(part).digest();
  return key.toString("hex");
}

const hash = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

const invalid = (message: string): CloudError => new CloudError("AuthFailure.InvalidAuthorization", message);
