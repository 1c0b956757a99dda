import { SettingsError } from "../errors";

/**
 * The address to send requests to, without a path.
 *
 * Finance regions (`ap-shanghai-fsi`) are isolated and have a host each.
 *
 * @param override an address given by the user, in place of the region's own
 * @throws SettingsError when the override is no http(s) address, or would send requests in the clear
 * @see https://cloud.tencent.com/document/api/239/20004
 */
export function endpointFor(region: string, override?: string): URL {
  if (override) return parseOverride(override);
  const host = region.endsWith("-fsi") ? `redis.${region}.tencentcloudapi.com` : "redis.tencentcloudapi.com";
  return new URL(`https://${host}`);
}

function parseOverride(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new SettingsError("The endpoint must be an address such as https://redis.tencentcloudapi.com");
  }
  if (url.username || url.password || url.search || url.hash || url.pathname !== "/") {
    throw new SettingsError("The endpoint must be a scheme, a host and a port, nothing else");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingsError("The endpoint must use https: plain http is for loopback addresses only");
  }
  return url;
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
