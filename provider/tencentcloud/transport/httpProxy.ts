import type { Socket } from "node:net";

import { formatHostPort } from "./hostPort";
import type { Proxy, ProxyCredentials, Target } from "./proxy";
import { ProxyError, authenticationFailed, unexpectedAnswer } from "./proxyError";
import { readProxyAnswer } from "./readProxyAnswer";

/**
 * Asks an HTTP proxy for a tunnel.
 *
 * @throws ProxyError
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export async function askHttpProxy(socket: Socket, proxy: Proxy, { hostname, port }: Target): Promise<void> {
  const target = formatHostPort(hostname, port);
  const basic = proxy.credentials && encodeBasic(proxy.credentials);
  const lines = [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    "User-Agent: pulumi-tencentcloud-redis",
    ...(basic ? [`Proxy-Authorization: Basic ${basic}`] : []),
    "Proxy-Connection: keep-alive",
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  let status = 0;
  while (status < 200) status = await readStatus(socket, proxy);
  if (status === 407) throw authenticationFailed("407", proxy);
  if (status >= 300) {
    const isTransient = status >= 500 || status === 408 || status === 429;
    throw new ProxyError(`the proxy refused to connect to ${target} (${status})`, isTransient);
  }
}

const encodeBasic = ({ user, password }: ProxyCredentials): string =>
  Buffer.from(`${user.expose()}:${password.expose()}`, "latin1").toString("base64");

const longestHead = 16 * 1024;

async function readStatus(socket: Socket, proxy: Proxy): Promise<number> {
  const head = await readProxyAnswer(socket, (received) => {
    const text = received.toString("latin1");
    const isHttp = text.length < 5 ? "HTTP/".startsWith(text) : text.startsWith("HTTP/");
    const end = text.indexOf("\r\n\r\n");
    if (!isHttp || (end < 0 && text.length > longestHead)) throw unexpectedAnswer("HTTP", proxy);
    return end < 0 ? undefined : end + 4;
  });
  const [, status] = /^HTTP\/1\.\d ([1-5]\d\d)[ \r]/.exec(head.toString("latin1")) ?? [];
  if (status === undefined) throw unexpectedAnswer("HTTP", proxy);
  return Number(status);
}
