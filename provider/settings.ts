import { type Client, createClient } from "./tencentcloud/client";
import { type Lookup, resolveCredentials } from "./tencentcloud/credentials";
import { endpointFor } from "./tencentcloud/endpoint";

/** How long to wait for a reset, in seconds, when the program does not say. */
export const defaultTimeoutSeconds = 600;

let pulumiConfig: Lookup = () => undefined;

/** Takes the stack's config. Called once in a process, before anything else. */
export function setPulumiConfig(lookup: Lookup): void {
  pulumiConfig = lookup;
}

/**
 * A client for this region. Its settings are read at each use, and only when a request is about to be sent: a
 * preview needs none of them.
 *
 * @throws CredentialsError when there are no usable credentials
 * @throws SettingsError when the endpoint given is no usable one
 */
export function clientFor(region: string): Client {
  const endpoint = environment("TENCENTCLOUD_REDIS_ENDPOINT") ?? pulumiConfig("tencentcloud:endpoint");
  return createClient({
    region,
    endpoint: endpointFor(region, endpoint),
    credentials: resolveCredentials(pulumiConfig, environment),
  });
}

/** A variable that is set to nothing counts as not set. */
const environment: Lookup = (name) => {
  const value = process.env[name];
  return value === "" ? undefined : value;
};
