import type { Dispatcher } from "undici";

import { TransportError, messageOf } from "../errors";
import type { Clock } from "./clock";
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

/** Sends one request and returns the answer: {@link sendHttp}, or what a test puts in its place. */
export type Transport = (action: string, request: HttpRequest) => Promise<HttpResponse>;

/** How requests get out of this process, and by which clock they are signed. */
export interface Wire {
  readonly transport?: Transport;
  readonly clock?: Clock;
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
  const { url, isDirect = false, timeoutMs } = request;
  const proxy = isDirect || isLoopback(url.hostname) ? undefined : proxyFor(url, process.env);
  const dispatcher = await dispatcherFor(proxy);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error("no answer in time")), timeoutMs);
  try {
    return await exchange(dispatcher, action, request, controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** By itself undici sends none, which a firewall may take amiss. */
const userAgent = "pulumi-tencentcloud-redis";

/** One for each proxy and one for none, so that connections are used again. */
const dispatchers = new Map<string | undefined, Dispatcher>();

async function dispatcherFor(proxy: string | undefined): Promise<Dispatcher> {
  const { Agent, Pool, ProxyAgent } = await import("undici");
  const clientFactory = (origin: URL, options: object) => onceAnswered(new Pool(origin, options));
  const make = () => (proxy === undefined ? new Agent() : new ProxyAgent({ uri: proxy, clientFactory }));
  const dispatcher = dispatchers.get(proxy) ?? make();
  dispatchers.set(proxy, dispatcher);
  return dispatcher;
}

/** To a proxy that closes the connection in the place of an answer, undici would connect again and again, for ever. */
function onceAnswered(client: Dispatcher): Dispatcher {
  const connect: (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> = client.connect.bind(client);
  const connectOnce = async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    try {
      return await connect(options);
    } catch (error) {
      throw codeOf(error) === "UND_ERR_SOCKET" ? new Error(noProxyAnswer) : error;
    }
  };
  return Object.assign(client, { connect: connectOnce });
}

const noProxyAnswer = "the proxy has closed the connection";

async function exchange(
  dispatcher: Dispatcher,
  action: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { host } = request.url;
  const { statusCode, headers, body } = await begin(dispatcher, action, request, signal);
  // A redirect is not followed: that would hand a signed request to another host.
  const isRedirect = statusCode >= 300 && statusCode < 400;
  if (isRedirect || statusCode >= 500) {
    // Unread, it would keep its connection.
    body.on("error", () => {}).destroy();
    if (isRedirect) throw new TransportError(action, "unusable", `unexpected redirect (${host})`);
    throw new TransportError(action, "lost", `HTTP status ${statusCode} (${host})`);
  }
  try {
    const date = Date.parse(String(headers.date));
    return {
      status: statusCode,
      serviceTimeMs: Number.isNaN(date) ? undefined : date,
      body: await readText(body),
    };
  } catch (error) {
    throw new TransportError(action, "unusable", `the answer broke off: ${reasonOf(error)} (${host})`);
  }
}

async function begin(
  dispatcher: Dispatcher,
  action: string,
  { url, method = "POST", headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = url;
  const path = pathname + search;
  // Copied, since a proxy's dispatcher adds to what it is given.
  const sent = { "User-Agent": userAgent, ...headers };
  try {
    const answer = dispatcher.request({ origin, path, method, headers: sent, body: body ?? null, signal });
    return await Promise.race([answer, onceAborted(signal)]);
  } catch (error) {
    throw new TransportError(action, outcomeOf(error), `${reasonOf(error)} (${url.host})`);
  }
}

/** By itself undici ends an aborted request only when it has a connection, or when that fails. */
function onceAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
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

/** What Node and OpenSSL call a certificate that does not fit, `UNABLE_TO_VERIFY_LEAF_SIGNATURE` among it. */
const tlsFailure =
  /CERT|TLS|SSL|ALTNAME|EPROTO|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

/** What undici calls a request that cannot be written, for a header that none can be. */
const invalidRequest = "UND_ERR_INVALID_ARG";

function outcomeOf(error: unknown): TransportError["outcome"] {
  const code = codeOf(error);
  if (wantsProxyUser(error) || tlsFailure.test(code) || code === invalidRequest) return "refused";
  if (connectionFailures.has(code) || isProxyRefusal(error)) return "unreachable";
  return "lost";
}

/** The proxy has answered in the place of the service. */
const isProxyRefusal = (error: unknown): boolean =>
  messageOf(error) === noProxyAnswer || messageOf(error).startsWith("Proxy response (");

/** The proxy asks who is there, and would ask again. */
const wantsProxyUser = (error: unknown): boolean => messageOf(error).startsWith("Proxy response (407)");

function codeOf(error: unknown): string {
  const { code } = causeOf(error) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function reasonOf(error: unknown): string {
  if (wantsProxyUser(error)) return "the proxy wants another user and password than HTTPS_PROXY gives (407)";
  return messageOf(causeOf(error)) || codeOf(error);
}

/** Why a proxy's own certificate does not fit, undici's error tells only by its cause. */
const causeOf = (error: unknown): unknown => (error as { cause?: unknown }).cause ?? error;
