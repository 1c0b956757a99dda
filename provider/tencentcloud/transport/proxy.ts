import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";

import { SettingsError } from "../errors/errors";
import { Secret } from "../secrets/secret";
import { withoutBrackets } from "./hostPort";
import type { Lookup } from "./lookup";

export interface Proxy {
  /** `socks5` resolves host names on this machine, `socks5h` lets the proxy resolve them, as in curl. */
  readonly protocol: "http" | "https" | "socks5" | "socks5h";
  /** An IPv6 address has no brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly credentials: ProxyCredentials | undefined;
  /** The variable that sets the proxy, for errors. */
  readonly variable: string;
}

/** Percent-decoded. Each character is a byte (latin1), because not every sequence of bytes is UTF-8. */
export interface ProxyCredentials {
  readonly user: Secret;
  readonly password: Secret;
}

/** The address that a proxy is asked to connect to. An IPv6 address has no brackets. */
export interface Target {
  readonly hostname: string;
  readonly port: number;
}

/**
 * Returns the proxy for an address from the usual environment variables, in upper or lower case; undefined for a direct
 * connection.
 *
 * @throws SettingsError if a variable does not hold the address of a proxy
 */
export function proxyFor(url: URL, environment: Lookup): Proxy | undefined {
  const read = (name: string) => [name, name.toUpperCase()].map((spelling) => environment(spelling)).find(Boolean);
  const exempt = read("no_proxy");
  if (exempt !== undefined && isExempt(url, exempt)) return undefined;
  for (const name of [url.protocol === "https:" ? "https_proxy" : "http_proxy", "all_proxy"]) {
    const address = read(name);
    if (address !== undefined) return parseProxy(name.toUpperCase(), address.trim());
  }
  return undefined;
}

const protocols: Readonly<Record<string, Proxy["protocol"]>> = {
  http: "http",
  https: "https",
  socks5: "socks5",
  socks5h: "socks5h",
  socks: "socks5h",
};

const defaultPorts = { http: 80, https: 443, socks5: 1080, socks5h: 1080 } as const;

function parseProxy(variable: string, text: string): Proxy {
  // Like most programs that use these variables, accepts an address without a scheme.
  const [start, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? ["", "http"];
  const rest = text.slice(start.length);
  // Split by hand: URL does not allow `/`, `?` or `#` in a password, and re-encodes other characters.
  const at = rest.lastIndexOf("@");
  const host = rest.slice(at + 1);
  const protocol = protocols[scheme.toLowerCase()];
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  if (!protocol || !url || url.pathname + url.search + url.hash !== "/") throw invalid(variable);
  // URL drops http's default port.
  const port = Number(/:(\d+)\/?$/.exec(host)?.[1] ?? defaultPorts[protocol]);
  const [user, password] = parseUserInfo(rest.slice(0, Math.max(0, at)));
  if (protocol.startsWith("socks") && Math.max(user.length, password.length) > 255) {
    throw new SettingsError(`${variable}: a SOCKS proxy takes a user name and a password of at most 255 bytes each`);
  }
  const credentials = user || password ? { user: new Secret(user), password: new Secret(password) } : undefined;
  return { protocol, hostname: withoutBrackets(url.hostname), port, credentials, variable };
}

const invalid = (variable: string) =>
  new SettingsError(`${variable} must give the address of a proxy, such as http://proxy.example:3128`);

/** Returns the bytes of a user name and a password, both empty if there are none. */
function parseUserInfo(userInfo: string): [user: string, password: string] {
  const colon = `${userInfo}:`.indexOf(":");
  return [decodePercent(userInfo.slice(0, colon)), decodePercent(userInfo.slice(colon + 1))];
}

/** A `%` that is not part of a valid code is kept. */
function decodePercent(text: string): string {
  const parts = text.split(/%([\da-f]{2})/i);
  const bytes = parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part, "hex") : Buffer.from(part)));
  return Buffer.concat(bytes).toString("latin1");
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."));

/**
 * Accepts `*`, a host, or a domain with or without a leading dot, each optionally with a port, and an IP address or a
 * range of them.
 */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const actualPort = port || (protocol === "https:" ? "443" : "80");
  const address = withoutBrackets(hostname);
  return list
    .toLowerCase()
    .split(/[\s,]/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      if (entry.includes("/")) return isWithin(address, entry);
      if (isIPv6(entry)) return isWithin(address, `${entry}/128`);
      const onlyPort = /:(\d+)$/.exec(entry)?.[1] ?? actualPort;
      if (onlyPort !== actualPort) return false;
      const domain = entry.replace(/^\*?\./, "").replace(/:\d+$/, "");
      return hostname === domain || hostname.endsWith(`.${domain}`);
    });
}

/** @param range an address and a prefix length, such as `10.0.0.0/8` */
function isWithin(address: string, range: string): boolean {
  const [network, prefix] = range.split("/") as [string, string];
  const version = isIP(network);
  if (version === 0) return false;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (version === 6 ? 128 : 32)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const ranges = new BlockList();
  ranges.addSubnet(network, Number(prefix), family);
  return ranges.check(address, family);
}
