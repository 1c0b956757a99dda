import { SettingsError } from "./errors";
import type { Lookup } from "./tencentcloud/credentials";
import type { EndpointSettings } from "./tencentcloud/endpoint";

/** How long to wait for a reset, in seconds, when the program does not say. */
export const defaultTimeoutSeconds = 600;

/** Where settings come from. */
export interface SettingSources {
  /** The stack's config, by full names such as `tencentcloud:domain`. */
  readonly config: Lookup;
  readonly environment: Lookup;
}

const endpointNames = {
  redis: { variable: "TENCENTCLOUD_REDIS_ENDPOINT", config: "tencentcloud:endpoint" },
  sts: { variable: "TENCENTCLOUD_STS_ENDPOINT", config: "tencentcloud:stsEndpoint" },
} as const;

export function endpointSettings(
  service: keyof typeof endpointNames,
  { config, environment }: SettingSources,
): EndpointSettings {
  const names = endpointNames[service];
  return {
    endpoint: environment(names.variable) ?? config(names.config),
    domain: environment("TENCENTCLOUD_DOMAIN") ?? config("tencentcloud:domain"),
    protocol: environment("TENCENTCLOUD_PROTOCOL") ?? config("tencentcloud:protocol"),
  };
}

/**
 * Returns whether the Redis API and STS are the same service, the real one or a stand-in.
 *
 * With only one of the two endpoints overridden, credentials that are valid for one are unknown to the other.
 */
export function isStsOfSameService(sources: SettingSources): boolean {
  const isOverridden = (service: keyof typeof endpointNames) =>
    endpointSettings(service, sources).endpoint !== undefined;
  return isOverridden("redis") === isOverridden("sts");
}

/**
 * Returns the stack's config with values that are set to nothing left out.
 *
 * A lookup throws SettingsError for anything else than a string: Pulumi hands over strings only, also of nested values,
 * but others may speak to this process.
 */
export const readConfig =
  (config: Lookup): Lookup =>
  (name) => {
    const value: unknown = config(name);
    if (value === undefined || value === null || typeof value === "string") return unlessEmpty(value ?? undefined);
    throw new SettingsError(`Pulumi config ${name} is not a text`);
  };

/** A variable that is set to nothing counts as not set. */
export const processEnvironment: Lookup = (name) => unlessEmpty(process.env[name]);

const unlessEmpty = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
