import type { Socket } from "node:net";

import type { buildConnector } from "undici";

import { errorMessage } from "../errors/advisingError";
import type { Proxy } from "./proxy";
import { ProxyError } from "./proxyError";
import { openTunnel } from "./tunnel";

/** How long each step of a connection may take: to the proxy, through it, and TLS with the service. */
const connectMs = 10_000;

/** No connection was made. It has no code: undici takes some codes for a reason to connect again, forever. */
export class ConnectionError extends Error {
  constructor(
    /** What was connected to, or TLS was set up with. */
    readonly peer: "service" | "proxy",
    cause: unknown,
  ) {
    super(errorMessage(cause), { cause });
  }
}

/**
 * Returns what connects undici's clients to the service, directly or through a proxy.
 *
 * @param build undici's own, which is loaded at the first request
 */
export function connectorThrough(
  proxy: Proxy | undefined,
  build: typeof buildConnector,
  timeoutMs = connectMs,
): buildConnector.connector {
  const connector = build({ timeout: timeoutMs });
  const connect = (peer: ConnectionError["peer"], options: buildConnector.Options): Promise<Socket> =>
    new Promise((resolve, reject) => {
      connector(options, (error, socket) => (error ? reject(new ConnectionError(peer, error)) : resolve(socket)));
    });

  async function connectThrough(to: Proxy, options: buildConnector.Options): Promise<Socket> {
    const { hostname, port } = to;
    const protocol = `${to.protocol}:`;
    const socket = await connect("proxy", { hostname, host: hostname, port: String(port), protocol });
    const silence = new ProxyError("the proxy did not answer in time", true);
    const timer = setTimeout(() => socket.destroy(silence), timeoutMs);
    try {
      const target = { hostname: options.hostname, port: Number(options.port) || defaultPort(options.protocol) };
      await openTunnel(socket, to, target).finally(() => clearTimeout(timer));
      return options.protocol === "https:" ? await connect("service", { ...options, httpSocket: socket }) : socket;
    } catch (error) {
      socket.destroy();
      throw error instanceof ConnectionError ? error : new ConnectionError("proxy", error);
    }
  }

  return (options, callback) => {
    (proxy ? connectThrough(proxy, options) : connect("service", options)).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error as ConnectionError, null),
    );
  };
}

const defaultPort = (protocol: string): number => (protocol === "https:" ? 443 : 80);
