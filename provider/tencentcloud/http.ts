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
}

/** Far more than any answer of this API; what is longer is no answer of it. */
const largestAnswer = 10 * 1024 * 1024;

/**
 * Sends one request, directly or through the proxy that the environment names.
 *
 * @throws TransportError that says how far the request came
 */
export async function sendHttp(action: string, request: HttpRequest): Promise<HttpResponse> {
  const response = await begin(action, request);
  const host = request.url.host;
  if (response.status >= 500) throw new TransportError(action, "lost", `HTTP status ${response.status} (${host})`);
  try {
    const date = Date.parse(response.headers.get("date") ?? "");
    return {
      status: response.status,
      serviceTimeMs: Number.isNaN(date) ? undefined : date,
      body: await readText(response),
    };
  } catch (error) {
    throw new TransportError(action, "unusable", `the answer broke off: ${reasonOf(error)} (${host})`);
  }
}

async function begin(
  action: string,
  { url, method = "POST", headers, body, timeoutMs }: HttpRequest,
): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // A redirect is an error: following it would hand a signed request to another host.
    return await (
      await fetchFor(url)
    )(url, { method, headers, body, signal, redirect: "error" });
  } catch (error) {
    throw new TransportError(action, outcomeOf(error), `${reasonOf(error)} (${url.host})`);
  }
}

/** Node's own fetch knows no proxy, so another one is loaded where there is one. */
async function fetchFor(url: URL): Promise<typeof fetch> {
  const proxy = isLoopback(url.hostname) ? undefined : proxyFor(url, process.env);
  if (!proxy) return fetch;
  const { ProxyAgent, fetch: fetchByUndici } = await import("undici");
  const dispatcher = new ProxyAgent(proxy);
  return ((target: URL, init: object) => fetchByUndici(target, { ...init, dispatcher })) as unknown as typeof fetch;
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

/** Failures of the connection itself, before anything of the request was sent. */
const connectionFailures = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function outcomeOf(error: unknown): TransportError["outcome"] {
  const code = codeOf(error);
  if (connectionFailures.has(code)) return "unreachable";
  if (reasonOf(error).includes("redirect")) return "unusable";
  // What TLS and fetch themselves refuse stays refused: a certificate, a header, a port.
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code) || (code === "" && !isTimeout(error))) return "refused";
  return "lost";
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? ((error.cause ?? error) as { code?: unknown }) : {};
  return typeof cause.code === "string" ? cause.code : "";
}

/** The inner reason: fetch itself only says "fetch failed". */
function reasonOf(error: unknown): string {
  if (isTimeout(error)) return "no answer in time";
  return messageOf(error instanceof Error && error.cause ? error.cause : error) || codeOf(error);
}
