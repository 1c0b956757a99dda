import type { Socket } from "node:net";

import type { buildConnector } from "undici";

import { errorMessage } from "../errors/errorMessage";
import type { Proxy } from "./proxy";
import { ProxyError } from "./proxyError";
import { openTunnel } from "./tunnel";

/** The timeout of each step of a connection: to the proxy, through it, and TLS with the service. */
const connectMs = 10_000;

/** No connection was made. The error has no `code`, since some codes make undici reconnect forever. */
export class ConnectionError extends Error {
  constructor(
    /** The peer of the connection or the TLS handshake. */
    readonly peer: "service" | "proxy",
    cause: unknown,
  ) {
    super(errorMessage(cause), { cause });
  }
}

/**
 * Returns the connector for undici's clients, which connects to the service directly or through a proxy.
 *
 * @param build undici's own factory, which is loaded at the first request
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
