import type { Dispatcher } from "undici";

import { errorMessage } from "../errors/errorMessage";
import { TransportError } from "../errors/errors";
import type { Clock } from "../retry/clock";
import { connectorThrough } from "./connect";
import type { Lookup } from "./lookup";
import { type Proxy, isLoopback, proxyFor } from "./proxy";
import { RequestTimeout, transportError } from "./transportFailure";

/** A response with any status. */
export interface HttpResponse {
  readonly status: number;
  /** The `Date` header, in milliseconds since 1970: the time by the service's clock. */
  readonly serviceTimeMs: number | undefined;
  readonly body: string;
}

export interface HttpRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly timeoutMs: number;
  /** Whether to bypass the proxy. */
  readonly isDirect?: boolean;
  /** Aborts the request before its timeout, after a cancellation. */
  readonly signal?: AbortSignal;
}

/** Sends one request and returns the response. */
export type Transport = (action: string, request: HttpRequest) => Promise<HttpResponse>;

/** How requests are sent, and which clock they are signed by. */
export interface Wire {
  readonly transport: Transport;
  readonly clock: Clock;
}

/** Far more than any response of this API. A longer one is rejected. */
const largestAnswer = 10 * 1024 * 1024;

/**
 * Returns a transport that sends each request directly or through the proxy that the environment names, and reuses its
 * connections. It throws a TransportError that says how far the request came, or a SettingsError if the environment
 * names an invalid proxy.
 */
export function createHttpTransport(environment: Lookup): Transport {
  const dispatchers = new Dispatchers();
  return (action, request) => send(action, request, environment, dispatchers);
}

async function send(
  action: string,
  request: HttpRequest,
  environment: Lookup,
  dispatchers: Dispatchers,
): Promise<HttpResponse> {
  const { url, isDirect = false, timeoutMs } = request;
  const proxy = isDirect || isLoopback(url.hostname) ? undefined : proxyFor(url, environment);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new RequestTimeout()), timeoutMs);
  request.signal?.addEventListener("abort", () => controller.abort(new RequestTimeout("the run was canceled")));
  try {
    return await exchange(action, request, proxy, dispatchers, controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function exchange(
  action: string,
  request: HttpRequest,
  proxy: Proxy | undefined,
  dispatchers: Dispatchers,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { host } = request.url;
  const { statusCode, headers, body } = await begin(action, request, proxy, dispatchers, signal);
  // A redirect is not followed, because that would send a signed request to another host.
  const isRedirect = statusCode >= 300 && statusCode < 400;
  if (isRedirect || statusCode >= 500) {
    // An unread body would keep its connection open.
    body.on("error", () => {}).destroy();
    if (isRedirect) throw new TransportError(action, "unusable", `unexpected redirect (${host})`);
    throw new TransportError(action, "lost", `HTTP status ${statusCode} (${host})`);
  }
  try {
    const date = Date.parse(String(headers.date));
    return {
      status: statusCode,
      serviceTimeMs: Number.isNaN(date) ? undefined : date,
      body: await readBody(body),
    };
  } catch (error) {
    throw new TransportError(action, "unusable", `the answer broke off: ${errorMessage(error)} (${host})`);
  }
}

async function begin(
  action: string,
  { url, method = "POST", headers, body }: HttpRequest,
  proxy: Proxy | undefined,
  dispatchers: Dispatchers,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let isSent = false;
  try {
    const undici = await loadUndici();
    signal.throwIfAborted();
    const dispatcher = watched(dispatchers.dispatcherFor(proxy, undici), undici, () => (isSent = true));
    const { origin, pathname, search } = url;
    const sent = { "User-Agent": userAgent, ...headers };
    const path = pathname + search;
    const answer = dispatcher.request({ origin, path, method, headers: sent, body: body ?? null, signal });
    return await Promise.race([answer, onceAborted(signal)]);
  } catch (error) {
    throw transportError({ action, host: url.host, isSent, error });
  }
}

/** By default undici sends no User-Agent, which some firewalls reject. */
const userAgent = "pulumi-tencentcloud-redis";

type Undici = typeof import("undici");

async function loadUndici(): Promise<Undici> {
  // Loading undici without WebAssembly would cause an unhandled rejection.
  if (typeof WebAssembly === "undefined") throw new Error("Node.js has no WebAssembly: do not run it with --jitless");
  return import("undici");
}

/**
 * One dispatcher per proxy and one without a proxy, so that connections are reused. The key is the proxy's variable,
 * which does not change while a process runs, not its address, which may hold a password.
 */
class Dispatchers {
  private readonly byVariable = new Map<string | undefined, Dispatcher>();

  dispatcherFor(proxy: Proxy | undefined, { Agent, buildConnector }: Undici): Dispatcher {
    const variable = proxy?.variable;
    const dispatcher = this.byVariable.get(variable) ?? new Agent({ connect: connectorThrough(proxy, buildConnector) });
    this.byVariable.set(variable, dispatcher);
    return dispatcher;
  }
}

/** @param onSend called once there is a connection, before the request is written to it */
function watched(dispatcher: Dispatcher, { DecoratorHandler }: Undici, onSend: () => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    const watching: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
    const start = watching.onRequestStart?.bind(watching);
    watching.onRequestStart = (...args) => {
      onSend();
      start?.(...args);
    };
    return dispatch(options, watching);
  });
}

/** By default undici ends an aborted request only once it has connected or failed to connect. */
function onceAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > largestAnswer) throw new Error("it is larger than 10 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
