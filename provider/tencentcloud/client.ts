import { ApiError, TransportError, isApiError, messageOf } from "../errors";
import type { Credentials } from "./credentials";
import { authorization } from "./signature";

/** Where a client sends its requests, and on whose behalf. */
export interface ClientOptions {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: Credentials;
}

/** One call of the Redis API: action and parameters, to the content of `Response`. */
export type Client = (action: string, parameters: object, limits?: CallLimits) => Promise<ApiResponse>;

export interface CallLimits {
  /** The longest that this request may take. @default 30000 */
  readonly timeoutMs?: number;
}

export type ApiResponse = { readonly RequestId: string } & Record<string, unknown>;

const service = "redis";
const version = "2018-04-12";
const contentType = "application/json";
const requestTimeoutMs = 30_000;

/** A client that signs and sends one request a call, and tries nothing twice. */
export function createClient({ endpoint, region, credentials }: ClientOptions): Client {
  return async (action, parameters, { timeoutMs = requestTimeoutMs } = {}) => {
    const body = JSON.stringify(parameters);
    const timestamp = Math.floor(Date.now() / 1000);
    const toSign = { service, host: endpoint.host, action, contentType, body, timestamp };
    const headers: Record<string, string> = {
      Authorization: authorization(toSign, credentials),
      "Content-Type": contentType,
      "X-TC-Action": action,
      "X-TC-Version": version,
      "X-TC-Region": region,
      "X-TC-Timestamp": String(timestamp),
      "X-TC-Language": "en-US",
      "X-TC-RequestClient": "pulumi-tencentcloud-redis",
    };
    if (credentials.token) headers["X-TC-Token"] = credentials.token;
    const { secretKey, token } = credentials;
    const redact = redactor([headers.Authorization, secretKey, token, ...secretsAmong(parameters)]);
    try {
      return unwrap(action, await post(endpoint, headers, body, timeoutMs), redact);
    } catch (error) {
      if (isApiError(error)) throw error;
      throw new TransportError(action, `${redact(reasonOf(error))} (${endpoint.host})`);
    }
  };
}

/** @throws Error of whatever kind, perhaps with a piece of the request in it */
async function post(endpoint: URL, headers: HeadersInit, body: string, timeoutMs: number): Promise<string> {
  // A redirect is an error: following it would hand a signed request to another host.
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(endpoint, { method: "POST", headers, body, signal, redirect: "error" });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return await response.text();
}

/** The inner reason: fetch itself only says "fetch failed". */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError") return "no answer in time";
  return messageOf(error instanceof Error && error.cause ? error.cause : error);
}

function unwrap(action: string, text: string, redact: Redact): ApiResponse {
  const response = parseEnvelope(text);
  if (!response) throw new Error("the answer is not the JSON that the API documents");
  const error = response.Error as { Code?: unknown; Message?: unknown } | undefined;
  if (!error) return response;
  const message = typeof error.Message === "string" ? redact(error.Message) : "no message";
  throw new ApiError(action, typeof error.Code === "string" ? error.Code : "no code", response.RequestId, message);
}

function parseEnvelope(text: string): ApiResponse | undefined {
  try {
    const response = (JSON.parse(text) as { Response?: ApiResponse } | null)?.Response;
    return typeof response?.RequestId === "string" ? response : undefined;
  } catch {
    return undefined;
  }
}

type Redact = (text: string) => string;

/** Cuts secrets out of words that are not ours: a server may echo its request, and fetch quotes a bad header. */
function redactor(secrets: readonly (string | undefined)[]): Redact {
  const present = secrets.filter((secret) => secret !== undefined && secret !== "") as string[];
  return (text) => present.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}

const secretsAmong = (parameters: object): string[] =>
  Object.entries(parameters).flatMap(([name, value]) =>
    /password|secret|token/i.test(name) && typeof value === "string" ? [value] : [],
  );
