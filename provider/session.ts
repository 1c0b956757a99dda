import { homedir } from "node:os";

import { SettingsError, messageOf } from "./errors";
import { PasswordStore } from "./passwordStore";
import {
  type SettingSources,
  endpointSettings,
  misplacedSettings,
  processEnvironment,
  settingPlaces,
} from "./settings";
import { type Client, createClient } from "./tencentcloud/client";
import { type Clock, systemClock } from "./tencentcloud/clock";
import {
  type CredentialsProvider,
  type Lookup,
  rememberCredentials,
  resolveCredentials,
} from "./tencentcloud/credentials";
import { type Deadline, deadlineIn } from "./tencentcloud/deadline";
import { endpointFor } from "./tencentcloud/endpoint";
import type { Transport } from "./tencentcloud/http";
import { RateLimiters } from "./tencentcloud/rateLimit";
import { TaskReader } from "./tencentcloud/taskReader";

/** What a session sees of the world around it. A test passes a world of its own. */
export interface World {
  readonly clock: Clock;
  /** @default HTTP */
  readonly transport?: Transport;
  readonly environment: Lookup;
  /** @default the user's */
  readonly homeDirectory?: string;
  /** Shows a line to the user. Pulumi shows the standard output of this process as information. */
  readonly print: (line: string) => void;
}

const realWorld: World = {
  clock: systemClock,
  environment: processEnvironment,
  print: (line) => console.log(line),
};

/** For which resource a client is, as far as its settings depend on it. */
export interface ClientUser {
  readonly instanceId: string;
  readonly region: string;
  /** The credentials profile that the resource names. */
  readonly profile?: string | undefined;
  /** The fingerprint of the password that this run sends, or has sent. */
  readonly password?: string;
}

/** Everything that one run of the provider shares among its resources. */
export class Session {
  readonly passwords = new PasswordStore();
  private readonly world: World;
  private readonly limiters: RateLimiters;
  private readonly readers = new Map<string, TaskReader>();
  private readonly credentials = new Map<string, CredentialsProvider>();
  private config: Lookup = () => undefined;

  constructor(world: Partial<World> = {}) {
    this.world = { ...realWorld, ...world };
    this.limiters = new RateLimiters(this.world.clock);
  }

  /** Takes the stack's config. Called once in a process, before anything else. */
  configure(config: Lookup): void {
    this.config = config;
    this.credentials.clear();
    this.readers.clear();
  }

  /** What is wrong with the stack's config, a sentence each. Needs no network and no credentials. */
  get settingProblems(): readonly string[] {
    return misplacedSettings(this.config);
  }

  /** Shows a line about an instance to the user. */
  say({ instanceId }: Pick<ClientUser, "instanceId">, text: string): void {
    this.world.print(`${instanceId}: ${text}`);
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
  clientFor(user: ClientUser): Client {
    if (this.settingProblems.length > 0) throw new SettingsError(this.settingProblems.join("; "));
    const { region, profile, password } = user;
    const sent = password === undefined ? undefined : this.passwords.recall(password);
    const { clock, transport } = this.world;
    let isRetryShown = false;
    return createClient({
      region,
      endpoint: endpointFor("redis", region, endpointSettings("redis", this.settings)),
      credentials: this.credentialsFor(region, profile),
      limiters: this.limiters,
      clock,
      ...(transport && { transport }),
      ...(sent !== undefined && { secrets: [sent] }),
      onRetry: (error) => {
        // Once: what passes in a moment is no news, and what does not would flood a CI's log.
        if (!isRetryShown) this.say(user, `trying again, ${messageOf(error)}`);
        isRetryShown = true;
      },
    });
  }

  /** Returns the reader that everything shares which waits for tasks in a region with the same credentials. */
  taskReaderFor({ region, profile }: ClientUser): TaskReader {
    return getOrCreate(this.readers, JSON.stringify([region, profile]), () => new TaskReader(this.world.clock));
  }

  private get settings(): SettingSources {
    return { config: this.config, environment: this.world.environment };
  }

  /** One provider for all resources that use the same credentials, so that temporary ones are fetched once. */
  private credentialsFor(region: string, profile: string | undefined): CredentialsProvider {
    const { clock, transport, homeDirectory = homedir() } = this.world;
    const resolve = () =>
      resolveCredentials({
        places: settingPlaces(this.settings),
        environment: this.world.environment,
        homeDirectory,
        profile,
        region,
        stsEndpoint: (stsRegion) => endpointFor("sts", stsRegion, endpointSettings("sts", this.settings)),
        clock,
        ...(transport && { transport }),
      });
    // Any region's STS gives keys that count in all of them; finance regions are isolated in this, too.
    const key = JSON.stringify([region.endsWith("-fsi") && region, profile]);
    return getOrCreate(this.credentials, key, () => rememberCredentials(resolve, clock));
  }
}

function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
