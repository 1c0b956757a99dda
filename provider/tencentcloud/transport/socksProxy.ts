import { lookup } from "node:dns/promises";
import { type Socket, isIP } from "node:net";

import { errorMessage } from "../errors/errorMessage";
import type { Secret } from "../secrets/secret";
import type { Proxy, Target } from "./proxy";
import { ProxyError, authenticationFailed, unexpectedAnswer } from "./proxyError";
import { readProxyAnswer } from "./readProxyAnswer";

/**
 * Asks a SOCKS5 proxy for a tunnel.
 *
 * @throws ProxyError
 * @see https://www.rfc-editor.org/rfc/rfc1928 and https://www.rfc-editor.org/rfc/rfc1929 for the password
 */
export async function askSocksProxy(socket: Socket, proxy: Proxy, target: Target): Promise<void> {
  const { hostname, port } = proxy.protocol === "socks5" ? await resolveHere(target) : target;
  const answer = (version: number, findLength: (received: Buffer) => number | undefined): Promise<Buffer> =>
    readProxyAnswer(socket, (received) => {
      if (received[0] !== version) throw unexpectedAnswer("SOCKS5", proxy);
      return findLength(received);
    });
  const { credentials } = proxy;
  const methods = credentials ? [methodNone, methodPassword] : [methodNone];
  socket.write(Buffer.from([5, methods.length, ...methods]));
  const method = (await answer(5, () => 2))[1];
  if (credentials && method === methodPassword) {
    socket.write(`\x01${lengthPrefixed(credentials.user)}${lengthPrefixed(credentials.password)}`, "latin1");
    if ((await answer(1, () => 2))[1] !== 0) throw authenticationFailed("SOCKS5", proxy);
  } else if (method !== methodNone) throw authenticationFailed("SOCKS5", proxy);
  socket.write(Buffer.from([5, 1, 0, ...addressBytes(hostname), port >> 8, port & 255]));
  const reply = (await answer(5, socksReplyLength))[1] ?? 0;
  if (reply === 0) return;
  const [meaning, isTransient] = socksReplies[reply] ?? ["unknown reply", true];
  throw new ProxyError(
    `the proxy refused to connect to ${target.hostname}:${target.port} (SOCKS5 ${reply}, ${meaning})`,
    isTransient,
  );
}

/** The meaning of a SOCKS5 proxy's reply, and whether another attempt may succeed. */
const socksReplies: Readonly<Record<number, readonly [meaning: string, isTransient: boolean]>> = {
  1: ["general failure", true],
  2: ["not allowed by its rules", false],
  3: ["network unreachable", true],
  4: ["host unreachable", true],
  5: ["connection refused", true],
  6: ["TTL expired", true],
  7: ["command not supported", false],
  8: ["address type not supported", false],
};

/** Returns a string of bytes, prefixed with its length. */
function lengthPrefixed(bytes: Secret): string {
  const text = bytes.expose();
  return String.fromCharCode(text.length) + text;
}

const methodNone = 0;
const methodPassword = 2;

async function resolveHere({ hostname, port }: Target): Promise<Target> {
  try {
    return { hostname: (await lookup(hostname, { order: "ipv4first" })).address, port };
  } catch (error) {
    const hint = "with socks5h:// in its address, the proxy resolves names";
    throw new ProxyError(`${errorMessage(error)}; ${hint}`, true);
  }
}

function addressBytes(hostname: string): number[] {
  const version = isIP(hostname);
  if (version === 4) return [1, ...hostname.split(".").map(Number)];
  if (version === 6) return [4, ...ipv6Bytes(hostname)];
  return [3, hostname.length, ...Buffer.from(hostname)];
}

function ipv6Bytes(address: string): number[] {
  // URL normalizes the address, and writes it without an IPv4 part.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const zeros = "0:".repeat(8 - splitGroups(written).length);
  const groups = splitGroups(written.replace("::", `:${zeros}`));
  return groups.map(parseHex).flatMap((group) => [group >> 8, group & 255]);
}

const splitGroups = (address: string): string[] => address.split(":").filter(Boolean);

const parseHex = (text: string): number => Number.parseInt(text, 16);

/** Only the code of a refusal is read, because not every proxy sends the rest. */
function socksReplyLength(received: Buffer): number | undefined {
  const [, reply, , type, nameLength] = received;
  if (reply !== 0) return 2;
  if (nameLength === undefined) return undefined;
  return { 1: 10, 3: 7 + nameLength, 4: 22 }[type ?? 0] ?? 4;
}
