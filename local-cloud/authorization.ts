import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

import { CloudError } from "./cloudError";

/** The API key that this cloud knows. */
export interface ApiKey {
  readonly secretId: string;
  readonly secretKey: string;
}

const greatestClockDifferenceSeconds = 300;

/**
 * Verifies who sent a request and that nothing of it was changed. Written from the documentation and from the
 * request as it arrived, and shares no code with any client: a common mistake would go unseen.
 *
 * @throws CloudError with the vendor's `AuthFailure` codes
 * @see https://cloud.tencent.com/document/api/239/20020
 */
export function verifyAuthorization(request: IncomingMessage, body: Buffer, key: ApiKey, nowSeconds: number): void {
  const header = parseHeader(request.headers.authorization);
  const timestamp = Number(request.headers["x-tc-timestamp"]);
  if (!Number.isInteger(timestamp)) {
    throw new CloudError("AuthFailure.InvalidAuthorization", "X-TC-Timestamp must be a number of seconds.");
  }
  if (Math.abs(nowSeconds - timestamp) > greatestClockDifferenceSeconds) {
    throw new CloudError(
      "AuthFailure.SignatureExpire",
      `The signature has expired: X-TC-Timestamp is ${timestamp}, the service's time is ${Math.floor(nowSeconds)}.`,
    );
  }
  if (header.secretId !== key.secretId) {
    throw new CloudError("AuthFailure.SecretIdNotFound", "The SecretId is not found. Check that it is correct.");
  }
  if (header.date !== new Date(timestamp * 1000).toISOString().slice(0, 10)) {
    throw new CloudError("AuthFailure.InvalidAuthorization", "The date in Credential is not that of X-TC-Timestamp.");
  }
  const expected = signatureOf(request, body, header, timestamp, key.secretKey);
  if (!equal(expected, header.signature)) {
    throw new CloudError("AuthFailure.SignatureFailure", "The provided credentials could not be validated.");
  }
}

interface Header {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

const headerPattern =
  /^TC3-HMAC-SHA256 Credential=(?<secretId>[^/\s]+)\/(?<date>\d{4}-\d\d-\d\d)\/(?<service>[\w-]+)\/tc3_request,\s*SignedHeaders=(?<signedHeaders>[a-z0-9;-]+),\s*Signature=(?<signature>[0-9a-f]{64})$/;

function parseHeader(text: string | undefined): Header {
  const header = headerPattern.exec(text ?? "")?.groups as Header | undefined;
  if (!header) throw new CloudError("AuthFailure.InvalidAuthorization", "The Authorization header is malformed.");
  const signed = header.signedHeaders.split(";");
  if (!signed.includes("content-type") || !signed.includes("host")) {
    throw new CloudError("AuthFailure.InvalidAuthorization", "SignedHeaders must hold content-type and host.");
  }
  return header;
}

function signatureOf(
  request: IncomingMessage,
  body: Buffer,
  { date, service, signedHeaders }: Header,
  timestamp: number,
  secretKey: string,
): string {
  const [path, query = ""] = (request.url ?? "/").split("?", 2);
  let canonical = `${request.method}\n${path}\n${query}\n`;
  for (const name of signedHeaders.split(";")) {
    canonical += `${name}:${String(request.headers[name] ?? "")
      .trim()
      .toLowerCase()}\n`;
  }
  canonical += `\n${signedHeaders}\n${hash(body)}`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`;
  let key: Buffer = Buffer.from(`TC3${secretKey}`);
  for (const part of [date, service, "tc3_request", text]) key = createHmac("sha256", key).update(part).digest();
  return key.toString("hex");
}

const hash = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
