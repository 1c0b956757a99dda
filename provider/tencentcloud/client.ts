import { ApiError, TransportError, messageOf } from "../errors";
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
    return unwrap(action, await post(action, endpoint, headers, body, timeoutMs));
  };
}

async function post(
  action: string,
  endpoint: URL,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<string> {
  try {
    // A redirect is an error: following it would hand a signed request to another host.
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(endpoint, { method: "POST", headers, body, signal, redirect: "error" });
    if (!response.ok) throw new Error(`HTTP status ${response.status} from ${endpoint.host}`);
    return await response.text();
  } catch (error) {
    throw new TransportError(action, `${reasonOf(error)} (${endpoint.host})`);
  }
}

/** The inner reason: fetch itself only says "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (error instanceof Error && error.name === "TimeoutError") return "no answer in time";
  return cause ? messageOf(cause) : messageOf(error);
}

function unwrap(action: string, text: string): ApiResponse {
  const response = parseEnvelope(text);
  if (!response) throw new TransportError(action, "the answer is not the JSON that the API documents");
  const error = response.Error as { Code?: string; Message?: string } | undefined;
  if (!error) return response;
  throw new ApiError(action, error.Code ?? "no code", response.RequestId, error.Message ?? "no message");
}

function parseEnvelope(text: string): ApiResponse | undefined {
  try {
    const response = (JSON.parse(text) as { Response?: ApiResponse } | null)?.Response;
    return typeof response?.RequestId === "string" ? response : undefined;
  } catch {
    return undefined;
  }
}
