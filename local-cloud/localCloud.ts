import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";

import { ApiKeys } from "./apiKeys";
import { type RequestRecord, startApiServer } from "./apiServer";
import { checkOptions } from "./checkOptions";
import { clearFaults } from "./clearFaults";
import { type Clock, clockWithCalendar, realClock } from "./clock";
import { Condition } from "./condition";
import type { Cloud } from "./dispatch";
import { Faults } from "./faults";
import { type Instance, newRootAccount } from "./instances";
import { metadataOf } from "./metadata";
import { accepts, startRedisServer } from "./redisServer";
import type { PasswordTime, Region } from "./regions";
import { RequestQuota } from "./requestQuota";
import { chinaHours } from "./serviceTime";
import { Tasks, taskIds } from "./tasks";

/** How to start a {@link LocalCloud}. */
export interface LocalCloudOptions {
  /** The port of the API on 127.0.0.1. @default 0, any that is free */
  readonly port?: number;
  /**
   * The instances, by id. Each is given by the password that it starts with, or by more; undefined for a random
   * password that nobody knows, in the first region.
   *
   * @default `crs-5a4py64p`, the id in the vendor's documentation
   */
  readonly instances?: Readonly<Record<string, string | InstanceOptions | undefined>>;
  /** The region of this cloud, or several; `ap-shanghai-fsi` and its like keep the rule for finance regions. @default "ap-guangzhou" */
  readonly region?: string | readonly string[];
  /** The API key that requests must be signed with. @default a random one */
  readonly secretId?: string;
  /** The secret of that key. @default a random one */
  readonly secretKey?: string;
  /** Temporary keys that count as well, beside those that this cloud issues. @default none */
  readonly temporaryKeys?: readonly TemporaryKeyOptions[];
  /** The longest that the temporary keys last which this cloud issues, in seconds. @default 7200 */
  readonly temporaryKeySeconds?: number;
  /** The ARNs of the roles that can be assumed. @default any */
  readonly roles?: readonly string[];
  /** The web identity token that AssumeRoleWithWebIdentity accepts. @default any that is not empty and not expired */
  readonly webIdentityToken?: string;
  /** The role of the virtual machine, for the metadata service. @default none is bound to it */
  readonly cvmRole?: string;
  /** How long every task takes, in seconds. @default 1 */
  readonly taskSeconds?: number;
  /**
   * How many requests of one action and region are served in a second. Actions with another documented limit than 20
   * have the same multiple of this: DescribeTaskList five times, AssumeRole thirty times.
   *
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /** How far the times that the Redis API writes and reads are ahead of UTC, from -12 to 14. @default 8, China's */
  readonly timeZoneHours?: number;
  /**
   * What becomes of the PasswordLastModifiedTime of root. `kept`: it moves with each change of the password. `stays`:
   * ResetPassword does not move it, ModifyInstanceAccount does. `empty`: there is none, as for accounts made before
   * the service kept it.
   *
   * @default "kept"
   */
  readonly passwordTime?: PasswordTime;
  /**
   * The clock of the cloud: for signatures, keys, and all times that it tells. How long things take, and the quota of
   * requests, are real all the same.
   *
   * @default the real one
   */
  readonly now?: () => Date;
  /**
   * What goes wrong, each as `ACTION=KIND`, or `ACTION=KIND*N` for the next N requests of that action only:
   * `ResetPassword=drop-response*1`. docs/local-cloud.md lists the kinds.
   *
   * @default nothing
   */
  readonly faults?: readonly string[];
  /** Called after each request, those to the metadata service among them. The record holds no secret. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** How an instance starts. */
export interface InstanceOptions {
  /** Empty for none at all. @default a random one that nobody knows */
  readonly password?: string;
  /** Where it is. @default the first region of the cloud */
  readonly region?: string;
}

/** A temporary key that was issued elsewhere. */
export interface TemporaryKeyOptions {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** The Redis API of Tencent Cloud on this machine, in front of real Redis servers. */
export interface LocalCloud {
  /** The address for `TENCENTCLOUD_REDIS_ENDPOINT`. */
  readonly endpoint: string;
  /** The first of its regions. */
  readonly region: string;
  /** The id of the API key, for `TENCENTCLOUD_SECRET_ID`. */
  readonly secretId: string;
  /** The API key itself, for `TENCENTCLOUD_SECRET_KEY`. */
  readonly secretKey: string;
  /**
   * For the environment of a program or test that is to use this cloud, and no other: its address for all three
   * services, and the API key. Tokens, which belong to other keys, are emptied.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** All of them, as they were asked for. */
  readonly instances: readonly LocalInstance[];
  /**
   * Lets something more go wrong, after the faults of that action which there are.
   *
   * @param text as in {@link LocalCloudOptions.faults}
   * @throws Error with one line when it is wrong
   */
  addFault(text: string): void;
  /** Forgets all faults: instances are normal again, and tasks that are stuck go on and end. */
  clearFaults(): void;
  /** Ends the API and all Redis servers. */
  stop(): Promise<void>;
}

/** An instance, and where its Redis server listens. */
export interface LocalInstance {
  /** Such as `crs-5a4py64p`. */
  readonly instanceId: string;
  /** One of the cloud's. */
  readonly region: string;
  /** Always 127.0.0.1. */
  readonly host: string;
  /** One that was free. */
  readonly port: number;
  /** Whether the server lets in who comes with this password; empty for none. */
  accepts(password: string): Promise<boolean>;
}

/**
 * Starts the API, and a Redis server for each instance.
 *
 * @throws Error when an option is wrong, no `redis-server` is on the PATH, the port is taken, or an instance is in no
 * region of the cloud
 *
 * @example
 * ```ts
 * import { startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";
 *
 * export async function rehearse(): Promise<void> {
 *   const cloud = await startLocalCloud({ instances: { "crs-5a4py64p": "before-1t" } });
 *   Object.assign(process.env, cloud.environment);
 *   cloud.addFault("ResetPassword=task-fail:out of memory*1");
 *   // … `pulumi up`, which fails, and again, which does not
 *   await cloud.instances[0]?.accepts("after-1t");
 *   await cloud.stop();
 * }
 * ```
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  checkOptions(options);
  const {
    port = 0,
    instances = { "crs-5a4py64p": undefined },
    secretId = `AKID${randomBytes(16).toString("hex")}`,
    secretKey = randomBytes(16).toString("hex"),
    onRequest = () => undefined,
  } = options;
  const [region, ...otherRegions] = [options.region ?? "ap-guangzhou"].flat();
  if (region === undefined) throw new Error("a cloud needs a region");

  const clock = options.now ? clockWithCalendar(options.now) : realClock;
  const running = await startInstances(instances, [region, ...otherRegions], clock);
  const stopInstances = () => Promise.all(running.map(({ server }) => server.stop()));
  try {
    const cloud = cloudOf({ ...options, clock }, [region, ...otherRegions], running, { secretId, secretKey });
    const metadata = metadataOf(options.cvmRole, cloud.keys, cloud.sts.temporaryKeySeconds, clock);
    const server = await startApiServer(cloud, metadata, { port, onRequest });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      endpoint,
      region,
      secretId,
      secretKey,
      environment: environmentOf(endpoint, secretId, secretKey),
      instances: running.map(({ instanceId, region, server }) => ({
        instanceId,
        region,
        host: "127.0.0.1",
        port: server.port,
        accepts: (password) => accepts(server.port, password),
      })),
      addFault: (text) => cloud.faults.add(text),
      clearFaults: () => clearFaults(cloud),
      async stop() {
        for (const { tasks } of cloud.regions.values()) tasks.stop();
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await Promise.all([closed, stopInstances()]);
      },
    };
  } catch (error) {
    await stopInstances();
    throw error;
  }
}

const environmentOf = (endpoint: string, secretId: string, secretKey: string): Record<string, string> => ({
  TENCENTCLOUD_REDIS_ENDPOINT: endpoint,
  TENCENTCLOUD_STS_ENDPOINT: endpoint,
  TENCENTCLOUD_METADATA_ENDPOINT: endpoint,
  TENCENTCLOUD_SECRET_ID: secretId,
  TENCENTCLOUD_SECRET_KEY: secretKey,
  TENCENTCLOUD_SECURITY_TOKEN: "",
  TENCENTCLOUD_SESSION_TOKEN: "",
  TENCENTCLOUD_TOKEN: "",
});

type PlacedInstance = Instance & { readonly region: string };

function cloudOf(
  options: LocalCloudOptions & { readonly clock: Clock },
  regionNames: readonly string[],
  instances: readonly PlacedInstance[],
  apiKey: { secretId: string; secretKey: string },
): Cloud {
  const { taskSeconds = 1, requestsPerSecond = 20, temporaryKeys = [], temporaryKeySeconds = 7200 } = options;
  const { clock, timeZoneHours = chinaHours, passwordTime = "kept" } = options;
  const nextTaskId = taskIds();
  const regionOf = (name: string): Region => ({
    name,
    instances: new Map(
      instances.filter(({ region }) => region === name).map((instance) => [instance.instanceId, instance]),
    ),
    tasks: new Tasks(taskSeconds, nextTaskId, clock),
    clock,
    timeZoneHours,
    passwordTime,
  });
  const issuedElsewhere = temporaryKeys.map(({ secretId, secretKey, ...temporary }) => ({
    secretId,
    secretKey,
    temporary,
  }));
  const keys = new ApiKeys([apiKey, ...issuedElsewhere], clock);
  const { roles, webIdentityToken } = options;
  return {
    keys,
    regions: new Map(regionNames.map((name) => [name, regionOf(name)])),
    sts: { keys, roles, webIdentityToken, temporaryKeySeconds, clock },
    quota: new RequestQuota(),
    requestsPerSecond,
    clock,
    faults: new Faults(options.faults),
  };
}

async function startInstances(
  wanted: NonNullable<LocalCloudOptions["instances"]>,
  [firstRegion, ...otherRegions]: readonly [string, ...string[]],
  clock: Clock,
): Promise<PlacedInstance[]> {
  const placed = Object.entries(wanted).map(([instanceId, given]) => {
    const { password, region = firstRegion } = typeof given === "string" ? { password: given } : (given ?? {});
    if (![firstRegion, ...otherRegions].includes(region)) {
      throw new Error(`the instance ${instanceId} is in ${region}, which is no region of this cloud`);
    }
    return { instanceId, password, region };
  });
  const starts = placed.map(async ({ instanceId, password, region }) => {
    const server = await startRedisServer(password ?? randomBytes(24).toString("base64url"));
    const createdAt = clock.now();
    const root = newRootAccount(password === "", createdAt);
    return { instanceId, region, server, createdAt, root, condition: new Condition(clock) };
  });
  const results = await Promise.allSettled(starts);
  const running = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) {
    await Promise.all(running.map(({ server }) => server.stop()));
    throw failed.reason;
  }
  return running;
}
