import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

import { CloudError } from "./cloudError";

/** A complete request. The parts that all actions share are parsed. */
export interface ApiRequest {
  readonly method: string;
  /** The Host header as sent: with its port, and without any check. */
  readonly host: string;
  readonly path: string;
  /** The part after the question mark, still encoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The fields of a GET's query or of a form; undefined if the body is JSON. */
  readonly form: URLSearchParams | undefined;
}

/** The parameters that every action has, in a header or a field of a form. */
export type CommonParameter = "Action" | "Version" | "Region" | "Timestamp" | "Token" | "Language";

/** The fields of a form that are not parameters of an action. */
const commonFields: ReadonlySet<string> = new Set([
  ...(["Action", "Version", "Region", "Timestamp", "Token", "Language"] satisfies CommonParameter[]),
  "Nonce",
  "SecretId",
  "Signature",
  "SignatureMethod",
  "RequestClient",
]);

const kilobyte = 1024;

/** @see https://cloud.tencent.com/document/product/1278/46710 */
const largest = { query: 32 * kilobyte, form: 1024 * kilobyte, json: 10 * 1024 * kilobyte } as const;

/** Reads a request's body to its end. {@link parseRequest} checks it. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // A body that is too long is read but not kept, so that the client gets the error.
    if (length <= largest.json) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

/**
 * Parses a request. A body that is not a form is parsed as JSON, whatever its content type.
 *
 * @throws CloudError for an unsupported method, or a request that is too long
 */
export function parseRequest(message: Pick<IncomingMessage, "method" | "url" | "headers">, body: Buffer): ApiRequest {
  const { method = "", url = "/", headers } = message;
  const [path = "/", ...query] = url.split("?");
  const request = { method, host: headers.host ?? "", path, query: query.join("?"), headers, body };
  if (method === "GET") {
    requireSize(request.query.length, largest.query);
    return { ...request, form: new URLSearchParams(request.query) };
  }
  if (method !== "POST") throw new CloudError("UnsupportedProtocol", "Only GET and POST are supported.");
  const contentType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (contentType === "application/x-www-form-urlencoded") {
    requireSize(body.length, largest.form);
    return { ...request, form: new URLSearchParams(body.toString("utf8")) };
  }
  requireSize(body.length, largest.json);
  return { ...request, form: undefined };
}

/** Returns a common parameter of a request. A header takes precedence over a field. */
export function commonParameter({ headers, form }: ApiRequest, name: CommonParameter): string | undefined {
  const header = headers[`x-tc-${name.toLowerCase()}`];
  const value = typeof header === "string" && header !== "" ? header : form?.get(name);
  // Some clients send an empty token.
  return value === null || value === "" ? undefined : value;
}

/** @throws CloudError if it is missing */
export function requireCommonParameter(request: ApiRequest, name: CommonParameter): string {
  const value = commonParameter(request, name);
  if (value) return value;
  throw missingParameter(request.form ? name : `X-TC-${name}`);
}

export const missingParameter = (name: string): CloudError =>
  new CloudError("MissingParameter", `The request is missing a required parameter \`${name}\`.`);

/** Returns the fields of a form that are parameters of its action. */
export const actionFields = (form: URLSearchParams): [name: string, value: string][] =>
  [...form].filter(([name]) => !commonFields.has(name));

function requireSize(length: number, limit: number): void {
  if (length <= limit) return;
  throw new CloudError("RequestSizeLimitExceeded", `The request is larger than ${limit / kilobyte} KB.`);
}
