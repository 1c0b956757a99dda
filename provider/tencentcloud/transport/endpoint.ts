import { SettingsError } from "../errors/errors";
import { isLoopback } from "./proxy";

/** The settings for where requests are sent, under the user's names for them. */
export interface EndpointSettings {
  /** A complete address, which overrides the other settings. */
  readonly endpoint?: NamedSetting | undefined;
  /** The root domain. @default tencentcloudapi.com; for the international site it is intl.tencentcloudapi.com */
  readonly domain?: NamedSetting | undefined;
  /** @default https */
  readonly protocol?: NamedSetting | undefined;
}

interface NamedSetting {
  readonly name: string;
  readonly value: string;
}

/**
 * Returns the address to send a service's requests to, without a path.
 *
 * Finance regions (`ap-shanghai-fsi`) are isolated, and each has its own host.
 *
 * @throws SettingsError if the settings do not make an http(s) address, or would send requests unencrypted
 * @see https://cloud.tencent.com/document/api/239/20004
 */
export function endpointFor(service: "redis" | "sts", region: string, settings: EndpointSettings = {}): URL {
  const { endpoint, domain, protocol } = settings;
  if (endpoint?.value) return parseEndpoint(endpoint.name, endpoint.value);
  if (protocol && !/^https?$/i.test(protocol.value)) {
    throw new SettingsError(`${protocol.name} must be https, or http for a loopback address`);
  }
  const host = region.endsWith("-fsi") ? `${service}.${region}` : service;
  const names = [domain, protocol].flatMap((setting) => (setting ? [setting.name] : []));
  const address = `${protocol?.value ?? "https"}://${host}.${domain?.value ?? "tencentcloudapi.com"}`;
  return parseEndpoint(names.join(" or ") || "region", address);
}

/** @param name the setting, for the error */
function parseEndpoint(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new SettingsError(`${name} must give an address such as https://redis.tencentcloudapi.com`);
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/") {
    throw new SettingsError(`${name} must give a scheme, a host and a port, nothing else`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingsError(`${name} must use https: plain http is for loopback addresses only`);
  }
  return url;
}
