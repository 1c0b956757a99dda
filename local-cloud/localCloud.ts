import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";

import { type RequestRecord, startApiServer } from "./apiServer";
import type { Instance } from "./instances";
import { startRedisServer } from "./redisServer";
import { Tasks } from "./tasks";

/** How to start a {@link LocalCloud}. */
export interface LocalCloudOptions {
  /** The port of the API on 127.0.0.1. @default 0, any that is free */
  readonly port?: number;
  /**
   * The instances, by id, with the password that each starts with; undefined for a random one that nobody knows.
   *
   * @default `crs-5a4py64p`, the id in the vendor's documentation
   */
  readonly instances?: Readonly<Record<string, string | undefined>>;
  /** The one region of this cloud. @default "ap-guangzhou" */
  readonly region?: string;
  /** The API key that requests must be signed with. @default a random one */
  readonly secretId?: string;
  /** @default a random one */
  readonly secretKey?: string;
  /** How long every task takes, in seconds. @default 1 */
  readonly taskSeconds?: number;
  /** How many requests of one action are served in a second. @default 20 */
  readonly requestsPerSecond?: number;
  /** Called after each request. The record holds no secret. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** The Redis API of Tencent Cloud on this machine, in front of real Redis servers. */
export interface LocalCloud {
  /** The address for `TENCENTCLOUD_REDIS_ENDPOINT`. */
  readonly endpoint: string;
  readonly region: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly instances: readonly LocalInstance[];
  /** Ends the API and all Redis servers. */
  stop(): Promise<void>;
}

/** Where the Redis server of an instance listens. */
export interface LocalInstance {
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
}

/** @throws Error when no `redis-server` is on the PATH, or the port is taken */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {
    port = 0,
    instances = { "crs-5a4py64p": undefined },
    region = "ap-guangzhou",
    secretId = `AKID${randomBytes(16).toString("hex")}`,
    secretKey = randomBytes(16).toString("hex"),
    taskSeconds = 1,
    requestsPerSecond = 20,
    onRequest = () => undefined,
  } = options;

  const running = await startInstances(instances);
  const tasks = new Tasks(taskSeconds);
  const stopInstances = () => Promise.all(running.map(({ server }) => server.stop()));
  try {
    const cloud = { region, tasks, instances: new Map(running.map((instance) => [instance.instanceId, instance])) };
    const server = await startApiServer(cloud, { port, apiKey: { secretId, secretKey }, requestsPerSecond, onRequest });
    return {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region,
      secretId,
      secretKey,
      instances: running.map(({ instanceId, server }) => ({ instanceId, host: "127.0.0.1", port: server.port })),
      async stop() {
        tasks.stop();
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

async function startInstances(passwords: Readonly<Record<string, string | undefined>>): Promise<Instance[]> {
  const starts = Object.entries(passwords).map(async ([instanceId, password]) => {
    const server = await startRedisServer(password ?? randomBytes(24).toString("base64url"));
    return { instanceId, server, noAuth: password === "" };
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
