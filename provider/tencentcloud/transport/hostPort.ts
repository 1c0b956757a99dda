import { isIPv6 } from "node:net";

/** Returns `host:port`, with brackets around an IPv6 address. */
export const formatHostPort = (host: string, port: number): string => `${isIPv6(host) ? `[${host}]` : host}:${port}`;

/** Returns a host in the form that sockets expect: an IPv6 address without the brackets of URLs. */
export const withoutBrackets = (host: string): string => host.replace(/[[\]]/g, "");
