import { SettingsError } from "../errors";

/** Variables by name, such as `process.env`. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the usual variables name for an address, in either case; undefined for a direct connection.
 *
 * @throws SettingsError when they name one that is none
 */
export function proxyFor(url: URL, variables: Variables): string | undefined {
  const read = (name: string) => [name, name.toUpperCase()].map((spelling) => variables[spelling]).find(Boolean);
  if (isExempt(url, read("no_proxy") ?? "")) return undefined;
  const name = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const proxy = read(name);
  if (proxy === undefined) return undefined;
  // Most programs that know these variables take an address without its scheme, too.
  const address = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (isProxy(address)) return address;
  throw new SettingsError(`${name.toUpperCase()} must give the address of a proxy, such as http://proxy.example:3128`);
}

function isProxy(address: string): boolean {
  try {
    const { protocol, username, password, pathname, search, hash } = new URL(address);
    // Whoever sends through the proxy decodes them where both are given, and fails over a bare %.
    if (username && password) [username, password].map(decodeURIComponent);
    return /^(https?|socks5?):$/.test(protocol) && ["", "/"].includes(pathname + search + hash);
  } catch {
    return false;
  }
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);

/** `*`, a host, or a domain with or without a leading dot, each perhaps with a port. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const actualPort = port || (protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, domain = "", onlyPort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (entry === "*") return true;
      if (onlyPort && onlyPort !== actualPort) return false;
      return hostname === domain || hostname.endsWith(`.${domain}`);
    });
}
