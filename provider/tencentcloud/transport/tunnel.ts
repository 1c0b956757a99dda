import type { Socket } from "node:net";

import { askHttpProxy } from "./httpProxy";
import type { Proxy, Target } from "./proxy";
import { askSocksProxy } from "./socksProxy";

/**
 * Asks the proxy at the other end of a socket for a tunnel. After that the socket leads to the target.
 *
 * undici's own proxy agents are not used: they require both a user name and a password, reconnect forever to a proxy
 * that hangs up, and their SOCKS support is experimental.
 *
 * @throws ProxyError if the proxy refuses, hangs up, or is not a proxy
 */
export async function openTunnel(socket: Socket, proxy: Proxy, target: Target): Promise<void> {
  await (proxy.protocol.startsWith("socks") ? askSocksProxy : askHttpProxy)(socket, proxy, target);
}
