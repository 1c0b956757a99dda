import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { SettingsError } from "../../tencentcloud/errors/errors";
import { type SettingName, ownNamespace, settingNames, settings, sharedNamespace } from "./settingNames";
import { type Lookup, type SettingPlace, credentialChecks, firstSetting } from "../../tencentcloud/credentials";
import { type EndpointSettings, endpointFor } from "../../tencentcloud/transport/endpoint";

/** The sources of settings. */
export interface SettingSources {
  /** The stack's config, by full names such as `tencentcloud-redis:domain`. */
  readonly config: Lookup;
  readonly environment: Lookup;
  /** Whether the config also has the namespace of the `tencentcloud` provider. @default true */
  readonly hasSharedNamespace?: boolean;
}

/** Returns the places that may hold settings, in order of precedence. Files come after them. */
export const settingPlaces = ({
  config,
  environment,
  hasSharedNamespace = true,
}: SettingSources): readonly SettingPlace<SettingName>[] => [
  configPlace(config, ownNamespace, () => true),
  ...(hasSharedNamespace ? [configPlace(config, sharedNamespace, (setting) => settings[setting].isShared)] : []),
  {
    title: "Environment",
    isEnvironment: true,
    read: (setting) => {
      const variables: readonly string[] = settings[setting].variables;
      const name = variables.find((variable) => unlessEmpty(environment(variable))) ?? variables[0] ?? "";
      return { name, value: unlessEmpty(environment(name)) };
    },
  },
];

const configPlace = (
  config: Lookup,
  namespace: string,
  has: (setting: SettingName) => boolean,
): SettingPlace<SettingName> => ({
  title: "Config",
  isEnvironment: false,
  read: (setting) => {
    const name = `${namespace}:${setting}`;
    return { name, value: has(setting) ? readConfig(config, name) : undefined };
  },
});

/**
 * Reads one value of the stack's config; an empty one counts as not set.
 *
 * @throws SettingsError for any value but a string. Pulumi passes only strings, also for nested values, but other
 * processes may call this one.
 */
function readConfig(config: Lookup, name: string): string | undefined {
  const value: unknown = config(name) ?? undefined;
  if (value === undefined || typeof value === "string") return unlessEmpty(value);
  throw new SettingsError(`Config ${name} must be a string`);
}

/** Environment variables; an empty one counts as not set. */
export const processEnvironment: Lookup = (name) => unlessEmpty(process.env[name]);

const unlessEmpty = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

const endpointNames = { redis: "endpoint", sts: "stsEndpoint" } as const;
type Service = keyof typeof endpointNames;

export function endpointSettings(service: Service, sources: SettingSources): EndpointSettings {
  const places = settingPlaces(sources);
  return {
    endpoint: firstSetting(places, endpointNames[service]),
    domain: firstSetting(places, "domain"),
    protocol: firstSetting(places, "protocol"),
  };
}

/**
 * Returns whether the Redis API and STS are the same service: both real, or both a local cloud.
 *
 * With only one of the two endpoints overridden, credentials that are valid for one are unknown to the other.
 */
export function isStsOfSameService(sources: SettingSources): boolean {
  const isOverridden = (service: Service) => endpointSettings(service, sources).endpoint !== undefined;
  return isOverridden("redis") === isOverridden("sts");
}

/**
 * Returns one sentence for each setting of this package that is in the namespace of the `tencentcloud` provider by
 * mistake.
 *
 * Ignoring them could send requests that are meant for a loopback address to the real service.
 */
export function misplacedSettings(config: Lookup): string[] {
  return settingNames
    .filter((setting) => !settings[setting].isShared && isSet(config(`${sharedNamespace}:${setting}`)))
    .map((setting) => {
      const rename = `rename it to ${ownNamespace}:${setting}`;
      return `Config ${sharedNamespace}:${setting} is not supported: ${rename}`;
    });
}

/**
 * Returns one sentence for each invalid setting in this package's namespace, as far as it can be checked without the
 * environment, files and requests.
 */
export function invalidSettings(config: Lookup): string[] {
  const sources = { config, environment: () => undefined, hasSharedNamespace: false };
  const services: readonly Service[] = ["redis", "sts"];
  const checks = [
    ...services.map((service) => () => endpointFor(service, "", endpointSettings(service, sources))),
    ...credentialChecks(configPlace(config, ownNamespace, () => true)),
  ];
  return [...new Set(checks.flatMap(problemOf))];
}

function problemOf(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [errorMessage(error)];
  }
}

const isSet = (value: unknown): boolean => (value ?? "") !== "";
