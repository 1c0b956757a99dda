import type { ProxyAgent } from "undici";

import { TransportError, messageOf } from "../errors";
import { isLoopback, proxyFor } from "./proxy";

/** An answer, whatever it says. */
export interface HttpResponse {
  readonly status: number;
  /** The service's clock, in milliseconds since 1970, as its `Date` header tells it. */
  readonly serviceTimeMs: number | undefined;
  readonly body: string;
}

export interface HttpRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Never through a proxy. */
  readonly isDirect?: boolean;
}

/** Far more than any answer of this API; what is longer is no answer of it. */
const largestAnswer = 10 * 1024 * 1024;

/**
 * Sends one request, directly or through the proxy that the environment names.
 *
 * @throws TransportError that says how far the request came
 * @throws SettingsError when the environment names a proxy that is none
 */
export async function sendHttp(action: string, request: HttpRequest): Promise<HttpResponse> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  const response = await begin(action, request, signal);
  const host = request.url.host;
  if (response.status >= 500) {
    // Unread, it would keep its connection.
    await response.body?.cancel().catch(() => {});
    throw new TransportError(action, "lost", `HTTP status ${response.status} (${host})`);
  }
  try {
    const date = Date.parse(response.headers.get("date") ?? "");
    return {
      status: response.status,
      serviceTimeMs: Number.isNaN(date) ? undefined : date,
      body: await unlessAborted(signal, readText(response)),
    };
  } catch (error) {
    throw new TransportError(action, "unusable", `the answer broke off: ${reasonOf(error)} (${host})`);
  }
}

async function begin(
  action: string,
  { url, method = "POST", headers, body, isDirect = false }: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  const proxy = isDirect || isLoopback(url.hostname) ? undefined : proxyFor(url, process.env);
  const send = proxy ? await fetchThrough(proxy) : fetch;
  try {
    // A redirect is an error: following it would hand a signed request to another host.
    return await send(url, { method, headers, body, signal, redirect: "error" });
  } catch (error) {
    throw new TransportError(action, outcomeOf(error), `${reasonOf(error)} (${url.host})`);
  }
}

/** One for each proxy, so that its connections are used again. */
const agents = new Map<string, ProxyAgent>();

/** Node's own fetch knows no proxy, so another one is loaded where there is one. */
async function fetchThrough(proxy: string): Promise<typeof fetch> {
  const undici = await import("undici");
  const dispatcher = agents.get(proxy) ?? new undici.ProxyAgent(proxy);
  agents.set(proxy, dispatcher);
  return ((target: URL, init: object) => undici.fetch(target, { ...init, dispatcher })) as unknown as typeof fetch;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > largestAnswer) throw new Error("it is larger than 10 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What a promise comes to, if it does in time: fetch forgets the time over an answer that it cannot unpack. */
function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(signal.reason as Error);
    if (signal.aborted) late();
    signal.addEventListener("abort", late);
    promise.then(resolve, reject);
  });
}

/** Failures of the connection itself, before anything of the request was sent. */
const connectionFailures = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What Node and OpenSSL call a certificate that does not fit, `UNABLE_TO_VERIFY_LEAF_SIGNATURE` among it. */
const tlsFailure =
  /CERT|TLS|SSL|ALTNAME|EPROTO|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

function outcomeOf(error: unknown): TransportError["outcome"] {
  const code = codeOf(error);
  if (wantsProxyUser(error)) return "refused";
  if (connectionFailures.has(code) || isProxyRefusal(error)) return "unreachable";
  if (isStatus407(error) || reasonOf(error).includes("redirect")) return "unusable";
  if (isMalformedAnswer(error)) return "lost";
  // What TLS and fetch themselves refuse stays refused: a certificate, a header, a port.
  if (tlsFailure.test(code) || (code === "" && !isTimeout(error))) return "refused";
  return "lost";
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

/** The proxy has answered in the place of the service. */
const isProxyRefusal = (error: unknown): boolean => messageOf(innermost(error)).startsWith("Proxy response (");

/** The proxy asks who is there, and would ask again. */
const wantsProxyUser = (error: unknown): boolean => messageOf(innermost(error)).startsWith("Proxy response (407)");

/** Only a proxy may answer so. To anybody else's fetch says that it failed, and not a word why. */
const isStatus407 = (error: unknown): boolean =>
  innermost(error) !== error && messageOf(innermost(error)) === "" && codeOf(error) === "";

/** What came is no HTTP. The parser has a code for most of what that can be, and a name for all of it. */
const isMalformedAnswer = (error: unknown): boolean =>
  (innermost(error) as Error | undefined)?.name === "HTTPParserError";

function codeOf(error: unknown): string {
  const { code } = Object(innermost(error)) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function reasonOf(error: unknown): string {
  if (isTimeout(error)) return "no answer in time";
  if (wantsProxyUser(error)) return "the proxy wants another user and password than HTTPS_PROXY gives (407)";
  if (isStatus407(error)) return "HTTP status 407, as if this were a proxy";
  return messageOf(innermost(error)) || codeOf(error);
}

/** What the others say because of it: fetch itself only says "fetch failed", and its cause "Request was cancelled". */
const innermost = (error: unknown): unknown => (error instanceof Error && error.cause ? innermost(error.cause) : error);
