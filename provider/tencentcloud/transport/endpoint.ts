import { SettingsError } from "../errors/errors";
import { isLoopback } from "./proxy";

/** What a user can say about where requests go. */
export interface EndpointSettings {
  /** A whole address, in place of all the rest. */
  readonly endpoint?: string | undefined;
  /** The root domain. @default tencentcloudapi.com; the international site's is intl.tencentcloudapi.com */
  readonly domain?: string | undefined;
  /** @default https */
  readonly protocol?: string | undefined;
}

/**
 * The address to send a service's requests to, without a path.
 *
 * Finance regions (`ap-shanghai-fsi`) are isolated and have a host each.
 *
 * @throws SettingsError when the settings give no http(s) address, or would send requests in the clear
 * @see https://cloud.tencent.com/document/api/239/20004
 */
export function endpointFor(service: "redis" | "sts", region: string, settings: EndpointSettings = {}): URL {
  const { endpoint, domain = "tencentcloudapi.com", protocol = "https" } = settings;
  if (endpoint) return parse("endpoint", endpoint);
  const host = region.endsWith("-fsi") ? `${service}.${region}` : service;
  return parse("domain or protocol", `${protocol}://${host}.${domain}`);
}

function parse(setting: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new SettingsError(`The ${setting} must give an address such as https://redis.tencentcloudapi.com`);
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/") {
    throw new SettingsError(`The ${setting} must give a scheme, a host and a port, nothing else`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingsError(`The ${setting} must use https: plain http is for loopback addresses only`);
  }
  return url;
}
