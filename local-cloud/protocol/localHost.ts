import { isIPv4 } from "node:net";

/** Whether a Host header names this machine by a loopback address or `localhost`, with or without a port. */
export function isLocalHost(host: string | undefined): boolean {
  const [, name = ""] = /^(?:http:\/\/)?(\[[^\]]*\]|[^:/]*)(?::\d+)?$/i.exec(host ?? "") ?? [];
  const isLoopback = name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
  return isLoopback || /^localhost\.?$/i.test(name);
}
