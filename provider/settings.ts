import { homedir } from "node:os";

import { SettingsError, messageOf } from "./errors";
import { recallPassword } from "./fingerprint";
import { type Client, createClient } from "./tencentcloud/client";
import {
  type CredentialsProvider,
  type Lookup,
  rememberCredentials,
  resolveCredentials,
} from "./tencentcloud/credentials";
import { type EndpointSettings, endpointFor } from "./tencentcloud/endpoint";
import { TaskReader } from "./tencentcloud/taskReader";

/** How long to wait for a reset, in seconds, when the program does not say. */
export const defaultTimeoutSeconds = 600;

let pulumiConfig: Lookup = () => undefined;

/** Takes the stack's config. Called once in a process, before anything else. */
export function setPulumiConfig(lookup: Lookup): void {
  pulumiConfig = (name) => unlessEmpty(textOf(name, lookup(name)));
  providers.clear();
  readers.clear();
}

/** For whom a client is, as far as its settings depend on it. */
export interface ClientUser {
  readonly instanceId: string;
  readonly region: string;
  /** The credentials profile that the resource names. */
  readonly profile?: string | undefined;
  /** The fingerprint of the password that this run sends, or has sent. */
  readonly password?: string;
}

/**
 * A client for an instance. Its settings are read at each use, and only when a request is about to be sent: a
 * preview needs none of them.
 *
 * @throws SettingsError when the endpoint given is no usable one
 */
export function clientFor({ instanceId, region, profile, password }: ClientUser): Client {
  let isToldOfRetries = false;
  const sent = password === undefined ? undefined : recallPassword(password);
  return createClient({
    region,
    endpoint: endpointFor("redis", region, endpointSettings("TENCENTCLOUD_REDIS_ENDPOINT", "tencentcloud:endpoint")),
    credentials: credentialsFor(region, profile),
    ...(sent !== undefined && { secrets: [sent] }),
    onRetry(error) {
      // Once: what passes in a moment is no news, and what does not would flood a CI's log.
      if (!isToldOfRetries) console.log(`${instanceId}: trying again, ${messageOf(error)}`);
      isToldOfRetries = true;
    },
  });
}

const readers = new Map<string, TaskReader>();

/** One reader for all who wait for tasks in a region with the same credentials. */
export function taskReaderFor({ region, profile }: ClientUser): TaskReader {
  const key = JSON.stringify([region, profile]);
  const reader = readers.get(key) ?? new TaskReader();
  readers.set(key, reader);
  return reader;
}

const providers = new Map<string, CredentialsProvider>();

/** One provider for all resources that use the same credentials, so that temporary ones are fetched once. */
function credentialsFor(region: string, profile: string | undefined): CredentialsProvider {
  // Any region's STS gives keys that count in all of them; finance regions are isolated in this, too.
  const key = JSON.stringify([region.endsWith("-fsi") && region, profile]);
  const existing = providers.get(key);
  if (existing) return existing;
  const provider = rememberCredentials(() =>
    resolveCredentials({
      config: pulumiConfig,
      environment,
      homeDirectory: homedir(),
      profile,
      region,
      stsEndpoint: (stsRegion) =>
        endpointFor("sts", stsRegion, endpointSettings("TENCENTCLOUD_STS_ENDPOINT", "tencentcloud:stsEndpoint")),
    }),
  );
  providers.set(key, provider);
  return provider;
}

const endpointSettings = (variable: string, configName: string): EndpointSettings => ({
  endpoint: environment(variable) ?? pulumiConfig(configName),
  domain: environment("TENCENTCLOUD_DOMAIN") ?? pulumiConfig("tencentcloud:domain"),
  protocol: environment("TENCENTCLOUD_PROTOCOL") ?? pulumiConfig("tencentcloud:protocol"),
});

/** Pulumi hands over texts only, also of what is more in the stack's file; whoever speaks to this process may not. */
function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  throw new SettingsError(`Pulumi config ${name} is not a text`);
}

/** A variable that is set to nothing counts as not set. */
const environment: Lookup = (name) => unlessEmpty(process.env[name]);

const unlessEmpty = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
