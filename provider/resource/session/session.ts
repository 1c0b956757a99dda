import { homedir } from "node:os";

import { SettingsError } from "../../tencentcloud/errors/errors";
import type { AccountIdentity } from "../contract/accountIdentity";
import { getOrCreate } from "./getOrCreate";
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
} from "../settings/settings";
import { Turns } from "./turns";
import { type Client, createClient } from "../../tencentcloud/client/client";
import {
  type CredentialContext,
  type CredentialsProvider,
  type Lookup,
  callerAccountId,
  rememberCredentials,
  resolveCredentials,
} from "../../tencentcloud/credentials";
import { type Deadline, deadlineIn } from "../../tencentcloud/retry/deadline";
import { endpointFor } from "../../tencentcloud/transport/endpoint";
import { type Transport, createHttpTransport } from "../../tencentcloud/transport/http";
import { InstanceTaskReader } from "../../tencentcloud/redis/instanceTaskReader";
import { RateLimiters } from "../../tencentcloud/client/rateLimiter";
import { describeRetry } from "../../tencentcloud/retry/retryNotice";
import { TaskReader } from "../../tencentcloud/redis/taskReader";
import { verifyPassword } from "../verify/verifyPassword";
import { type World, realWorld } from "./world";
import { Redactor } from "../../tencentcloud/secrets/redactor";
import type { Login } from "../verify/sendAuth";
import type { Address } from "../contract/verifyInput";

/** The part of a resource that its clients and reads depend on. */
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
  /** The warnings logged so far that apply to all resources. */
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
   * Sets the stack's config. Resets only what depends on it, and keeps what checks have noted.
   *
   * @param hasSharedNamespace whether it also has the settings of the `tencentcloud` provider
   */
  configure(config: Lookup, hasSharedNamespace = true): void {
    this.configured = { config, hasSharedNamespace };
    for (const map of [this.credentials, this.readers, this.instanceTaskReaders, this.owners]) map.clear();
  }

  /** One sentence per problem of the stack's config. Needs no network and no credentials. */
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
   * Returns a client for a region and a profile. Reads the settings of its endpoint now, and the credentials only when a
   * request is about to be sent.
   *
   * @throws SettingsError if the endpoint is not usable, or the stack's config has an unsupported setting
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
        // Logged once: a brief failure is not worth more lines, and a long one would flood a CI log.
        if (!isRetryShown) log.info(describeRetry(error, remainingMs));
        isRetryShown = true;
      },
    });
  }

  /** Returns everything needed to send requests about an account of an instance until a deadline. */
  contextFor(target: ClientTarget, deadline: Deadline, log: ResourceLog): InstanceContext {
    const { instanceId, account } = target;
    return { client: this.clientFor(target, log), instanceId, account, deadline, log };
  }

  /** Returns the reader that polls tasks, shared by all resources in a region with the same credentials. */
  taskReaderFor({ region, profile }: ClientTarget): TaskReader {
    return getOrCreate(this.readers, JSON.stringify([region, profile]), () => new TaskReader(this.world.clock));
  }

  /** Returns the reader that looks for other tasks, shared by all resources in a region with the same credentials. */
  instanceTaskReaderFor({ region, profile }: ClientTarget): InstanceTaskReader {
    const key = JSON.stringify([region, profile]);
    return getOrCreate(this.instanceTaskReaders, key, () => new InstanceTaskReader(this.world.clock));
  }

  /**
   * Returns the Tencent Cloud account that the credentials belong to, or undefined if it cannot be read. Asks only
   * once, even after a failure: the account only decides whether a missing instance is really gone.
   */
  ownerAccountIdFor({ region, profile }: ClientTarget): Promise<string | undefined> {
    return getOrCreate(this.owners, this.credentialsKey(region, profile), async () => {
      try {
        // Credentials for a local cloud must not be sent to the real STS, nor the reverse.
        if (!isStsOfSameService(this.settings)) return undefined;
        const credentials = await this.credentialsFor(region, profile)(this.deadlineIn(ownerSeconds));
        return await callerAccountId(credentials, region, this.credentialContext(region, profile));
      } catch {
        return undefined;
      }
    });
  }

  /** @throws SettingsError if the stack's config has an unsupported setting: nothing may be sent then */
  private get settings(): SettingSources {
    if (this.settingProblems.length > 0) throw new SettingsError(this.settingProblems.join("; "));
    return { ...this.configured, environment: this.world.environment };
  }

  /** Returns one provider for all resources with the same credentials, so that temporary ones are fetched once. */
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

  /** Keys from one region's STS are valid in all regions, except finance regions, which are isolated. */
  private credentialsKey(region: string, profile: string | undefined): string {
    return JSON.stringify([region.endsWith("-fsi") && region, profile]);
  }
}

/** How long to wait for credentials in order to look up the account that they belong to. */
const ownerSeconds = 30;
