import { lookup } from "node:dns/promises";
import { type Socket, isIP } from "node:net";

import { messageOf } from "../errors/advisingError";
import type { Proxy } from "./proxy";

/** Where a proxy is asked to connect to. An IPv6 address has no brackets. */
export interface Target {
  readonly hostname: string;
  readonly port: number;
}

/** A proxy did not open a tunnel. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";

  constructor(
    message: string,
    /** Whether the next attempt may succeed. */
    readonly isPassing: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Asks the proxy at the other end of a socket for a tunnel. From then on the socket leads to the target.
 *
 * undici's own proxy agents are not used: they need both a user name and a password, reconnect for ever to a proxy that
 * hangs up, and their SOCKS support is experimental.
 *
 * @throws ProxyError when the proxy refuses, hangs up, or is not one
 */
export async function openTunnel(socket: Socket, proxy: Proxy, target: Target): Promise<void> {
  await (proxy.protocol.startsWith("socks") ? askSocks(socket, proxy, target) : askHttp(socket, proxy, target));
}

const passing = (message: string): ProxyError => new ProxyError(message, true);
const final = (message: string): ProxyError => new ProxyError(message, false);

const wrongCredentials = (kind: string, { variable }: Proxy): ProxyError =>
  final(`proxy authentication failed (${kind}): check ${variable}`);
const notOfKind = (kind: string, { variable }: Proxy): ProxyError =>
  final(`the proxy's answer is not ${kind}: check ${variable}`);

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-connect */
async function askHttp(socket: Socket, proxy: Proxy, { hostname, port }: Target): Promise<void> {
  const target = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  const { user, password } = proxy.credentials ?? {};
  const basic = user && password && Buffer.concat([user, Buffer.from(":"), password]).toString("base64");
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
  if (status === 407) throw wrongCredentials("407", proxy);
  if (status >= 300) {
    const isPassing = status >= 500 || status === 408 || status === 429;
    throw new ProxyError(`the proxy refused to connect to ${target} (${status})`, isPassing);
  }
}

const longestHead = 16 * 1024;

async function readStatus(socket: Socket, proxy: Proxy): Promise<number> {
  const head = await read(socket, (received) => {
    const text = received.toString("latin1");
    const isHttp = text.length < 5 ? "HTTP/".startsWith(text) : text.startsWith("HTTP/");
    const end = text.indexOf("\r\n\r\n");
    if (!isHttp || (end < 0 && text.length > longestHead)) throw notOfKind("HTTP", proxy);
    return end < 0 ? undefined : end + 4;
  });
  const [, status] = /^HTTP\/1\.\d ([1-5]\d\d)[ \r]/.exec(head.toString("latin1")) ?? [];
  if (status === undefined) throw notOfKind("HTTP", proxy);
  return Number(status);
}

/** What a SOCKS5 proxy's reply means, and whether it may be another one the next time. */
const socksReplies: Readonly<Record<number, readonly [meaning: string, isPassing: boolean]>> = {
  1: ["general failure", true],
  2: ["not allowed by its rules", false],
  3: ["network unreachable", true],
  4: ["host unreachable", true],
  5: ["connection refused", true],
  6: ["TTL expired", true],
  7: ["command not supported", false],
  8: ["address type not supported", false],
};

/** @see https://www.rfc-editor.org/rfc/rfc1928 and https://www.rfc-editor.org/rfc/rfc1929 for the password */
async function askSocks(socket: Socket, proxy: Proxy, target: Target): Promise<void> {
  const { hostname, port } = proxy.protocol === "socks5" ? await resolved(target) : target;
  const answer = (version: number, lengthOf: (received: Buffer) => number | undefined): Promise<Buffer> =>
    read(socket, (received) => {
      if (received[0] !== version) throw notOfKind("SOCKS5", proxy);
      return lengthOf(received);
    });
  const { credentials } = proxy;
  const methods = credentials ? [methodNone, methodPassword] : [methodNone];
  socket.write(Buffer.from([5, methods.length, ...methods]));
  const method = (await answer(5, () => 2))[1];
  if (credentials && method === methodPassword) {
    const { user, password } = credentials;
    socket.write(Buffer.from([1, user.length, ...user, password.length, ...password]));
    if ((await answer(1, () => 2))[1] !== 0) throw wrongCredentials("SOCKS5", proxy);
  } else if (method !== methodNone) throw wrongCredentials("SOCKS5", proxy);
  socket.write(Buffer.from([5, 1, 0, ...addressBytes(hostname), port >> 8, port & 255]));
  const reply = (await answer(5, socksReplyLength))[1] ?? 0;
  if (reply === 0) return;
  const [meaning, isPassing] = socksReplies[reply] ?? ["unknown reply", true];
  throw new ProxyError(
    `the proxy refused to connect to ${target.hostname}:${target.port} (SOCKS5 ${reply}, ${meaning})`,
    isPassing,
  );
}

const methodNone = 0;
const methodPassword = 2;

async function resolved({ hostname, port }: Target): Promise<Target> {
  try {
    return { hostname: (await lookup(hostname, { order: "ipv4first" })).address, port };
  } catch (error) {
    const hint = "with socks5h:// in its address, the proxy resolves names";
    throw new ProxyError(`${messageOf(error)}; ${hint}`, true, { cause: error });
  }
}

function addressBytes(hostname: string): number[] {
  const version = isIP(hostname);
  if (version === 4) return [1, ...hostname.split(".").map(Number)];
  if (version === 6) return [4, ...ipv6Bytes(hostname)];
  return [3, hostname.length, ...Buffer.from(hostname)];
}

function ipv6Bytes(address: string): number[] {
  // URL writes it in one way, without an IPv4 part.
  const [before = "", after = ""] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [first, last] = [before, after].map((part) => part.split(":").filter(Boolean).map(parseHex)) as [
    number[],
    number[],
  ];
  const zeros = Array<number>(8 - first.length - last.length).fill(0);
  return [...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 255]);
}

const parseHex = (text: string): number => Number.parseInt(text, 16);

/** A refusal is read no further than its code: not every proxy writes the rest. */
function socksReplyLength(received: Buffer): number | undefined {
  const [, reply, , type, nameLength] = received;
  if (reply !== 0) return 2;
  if (nameLength === undefined) return undefined;
  return { 1: 10, 3: 7 + nameLength, 4: 22 }[type ?? 0] ?? 4;
}

/**
 * Reads one answer, and leaves what comes after it to the next reader.
 *
 * @param lengthOf the length of the answer once enough has come to tell
 */
async function read(socket: Socket, lengthOf: (received: Buffer) => number | undefined): Promise<Buffer> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk as Buffer]);
    const length = lengthOf(received);
    if (length === undefined || received.length < length) continue;
    if (received.length > length) socket.unshift(received.subarray(length));
    return received.subarray(0, length);
  }
  throw passing("the proxy closed the connection");
}
