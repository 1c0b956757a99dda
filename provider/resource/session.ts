import { homedir } from "node:os";

import { SettingsError } from "../tencentcloud/errors/errors";
import type { AccountIdentity } from "./accountIdentity";
import { Notes } from "./notes";
import { PasswordStore } from "./passwordStore";
import type { InstanceContext } from "./instanceContext";
import type { ResourceLog } from "./resourceLog";
import {
  type SettingSources,
  endpointSettings,
  isStsOfSameService,
  misplacedSettings,
  settingPlaces,
} from "./settings";
import { Turns } from "./turns";
import { type Client, createClient } from "../tencentcloud/client/client";
import {
  type CredentialContext,
  type CredentialsProvider,
  type Lookup,
  callerAccountId,
  rememberCredentials,
  resolveCredentials,
} from "../tencentcloud/credentials";
import { type Deadline, deadlineIn } from "../tencentcloud/retry/deadline";
import { endpointFor } from "../tencentcloud/transport/endpoint";
import { type Transport, createHttpTransport } from "../tencentcloud/transport/http";
import { InstanceTaskReader } from "../tencentcloud/redis/instanceTaskReader";
import { RateLimiters } from "../tencentcloud/client/rateLimiter";
import { describeRetry } from "../tencentcloud/retry/retryNotice";
import { TaskReader } from "../tencentcloud/redis/taskReader";
import { verifyPassword } from "./verifyPassword";
import { type World, realWorld } from "./world";
import { Redactor } from "../tencentcloud/secrets/redactor";
import type { Login } from "./sendAuth";
import type { Address } from "./verifyInput";

/** The resource that a client is for, as far as the client depends on it. */
export interface ClientTarget extends AccountIdentity {
  /** The credentials profile that the resource names. */
  readonly profile?: string | undefined;
}

/** Everything that one run of the provider shares among its resources. */
export class Session {
  readonly redactor = new Redactor();
  readonly passwords = new PasswordStore(this.redactor);
  readonly notes = new Notes();
  readonly turns = new Turns();
  /** The warnings logged so far that are true of all resources. */
  readonly warnings = new Set<string>();
  private readonly world: World;
  private readonly limiters: RateLimiters;
  private readonly transport: Transport;
  private readonly metadataHosts = new Set<string>();
  private readonly readers = new Map<string, TaskReader>();
  private readonly instanceTaskReaders = new Map<string, InstanceTaskReader>();
  private readonly owners = new Map<string, Promise<string | undefined>>();
  private readonly credentials = new Map<string, CredentialsProvider>();
  private configured: Omit<SettingSources, "environment"> = { config: () => undefined };

  constructor(world: Partial<World> = {}) {
    this.world = { ...realWorld, ...world };
    this.limiters = new RateLimiters(this.world.clock);
    this.transport = this.world.transport ?? createHttpTransport(this.world.environment);
  }

  /**
   * Takes the stack's config. Only what depends on it begins anew: what a check has noted stays.
   *
   * @param hasSharedNamespace whether it has the settings of the `tencentcloud` provider, too
   */
  configure(config: Lookup, hasSharedNamespace = true): void {
    this.configured = { config, hasSharedNamespace };
    for (const map of [this.credentials, this.readers, this.instanceTaskReaders, this.owners]) map.clear();
  }

  /** What is wrong with the stack's config, a sentence each. Needs no network and no credentials. */
  get settingProblems(): readonly string[] {
    return misplacedSettings(this.configured.config);
  }

  /** Tries a password at an instance, as an application would. */
  verifyPassword(address: Address, login: Login, remainingMs: number): ReturnType<typeof verifyPassword> {
    return this.world.verifyPassword(address, login, remainingMs, this.redactor);
  }

  deadlineIn(seconds: number): Deadline {
    return deadlineIn(seconds, this.world.clock);
  }

  /**
   * Returns a client for an instance. Its settings are read at each use, and only when a request is about to be sent:
   * a preview needs none of them.
   *
   * @throws SettingsError when the endpoint given is no usable one, or the stack's config has a setting that is not
   * supported
   */
  clientFor({ region, profile }: ClientTarget, log: ResourceLog): Client {
    const { clock } = this.world;
    let isRetryShown = false;
    return createClient({
      region,
      endpoint: endpointFor("redis", region, endpointSettings("redis", this.settings)),
      credentials: this.credentialsFor(region, profile),
      limiters: this.limiters,
      clock,
      transport: this.transport,
      redactor: this.redactor,
      onRetry: (error, remainingMs) => {
        // Once: what passes in a moment is no news, and what does not would flood a CI's log.
        if (!isRetryShown) log.info(describeRetry(error, remainingMs));
        isRetryShown = true;
      },
    });
  }

  /** Returns what it takes to ask the service about an account of an instance until a deadline. */
  contextFor(target: ClientTarget, deadline: Deadline, log: ResourceLog): InstanceContext {
    const { instanceId, account } = target;
    return { client: this.clientFor(target, log), instanceId, account, deadline, log };
  }

  /** Returns the reader that everything shares which waits for tasks in a region with the same credentials. */
  taskReaderFor({ region, profile }: ClientTarget): TaskReader {
    return getOrCreate(this.readers, JSON.stringify([region, profile]), () => new TaskReader(this.world.clock));
  }

  /** Returns the reader that everything shares which looks for other tasks in a region with the same credentials. */
  instanceTaskReaderFor({ region, profile }: ClientTarget): InstanceTaskReader {
    const key = JSON.stringify([region, profile]);
    return getOrCreate(this.instanceTaskReaders, key, () => new InstanceTaskReader(this.world.clock));
  }

  /**
   * Returns the Tencent Cloud account that the credentials belong to, or undefined where that cannot be found out. It is
   * asked for once, whatever comes of it: nothing depends on it but whether a missing instance is really gone.
   */
  ownerAccountIdFor({ region, profile }: ClientTarget): Promise<string | undefined> {
    return getOrCreate(this.owners, this.credentialsKey(region, profile), async () => {
      try {
        // A stand-in's credentials are not for the real STS, nor the other way round.
        if (!isStsOfSameService(this.settings)) return undefined;
        const credentials = await this.credentialsFor(region, profile)(this.deadlineIn(ownerSeconds));
        return await callerAccountId(credentials, region, this.credentialContext(region, profile));
      } catch {
        return undefined;
      }
    });
  }

  /** @throws SettingsError when the stack's config has a setting that is not supported: nothing may be sent then */
  private get settings(): SettingSources {
    if (this.settingProblems.length > 0) throw new SettingsError(this.settingProblems.join("; "));
    return { ...this.configured, environment: this.world.environment };
  }

  /** One provider for all resources that use the same credentials, so that temporary ones are fetched once. */
  private credentialsFor(region: string, profile: string | undefined): CredentialsProvider {
    const resolve = async () => {
      const credentials = await resolveCredentials(this.credentialContext(region, profile));
      this.redactor.remember(credentials.secretKey, credentials.token);
      return credentials;
    };
    const create = () => rememberCredentials(resolve, this.world.clock);
    return getOrCreate(this.credentials, this.credentialsKey(region, profile), create);
  }

  private credentialContext(region: string, profile: string | undefined): CredentialContext {
    const { clock, homeDirectory = homedir() } = this.world;
    return {
      places: settingPlaces(this.settings),
      environment: this.world.environment,
      homeDirectory,
      profile,
      region,
      redactor: this.redactor,
      stsEndpoint: (stsRegion) => endpointFor("sts", stsRegion, endpointSettings("sts", this.settings)),
      clock,
      transport: this.transport,
      metadataHosts: this.metadataHosts,
    };
  }

  /** Any region's STS gives keys that count in all of them; finance regions are isolated in this, too. */
  private credentialsKey(region: string, profile: string | undefined): string {
    return JSON.stringify([region.endsWith("-fsi") && region, profile]);
  }
}

/** How long credentials are waited for, to ask whose they are. */
const ownerSeconds = 30;

function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
