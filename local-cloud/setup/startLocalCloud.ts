import type { AddressInfo } from "node:net";

import { clearFaults } from "../faults/clearFaults";
import { startApiServer } from "../server/apiServer";
import { metadataOf } from "../server/metadata";
import { clockWithCalendar, realClock } from "../system/clock";
import { type LocalInstance, createCloud } from "./createCloud";
import type { LocalCloudOptions } from "./options";

/** The Redis API of Tencent Cloud on this machine, in front of real Redis servers. */
export interface LocalCloud {
  /** The address for `TENCENTCLOUD_REDIS_ENDPOINT`. */
  readonly endpoint: string;
  /** The first of its regions. */
  readonly region: string;
  /** The account that its instances and its API key belong to, as GetCallerIdentity tells it. */
  readonly accountId: string;
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

/**
 * Starts the API, and a Redis server for each instance.
 *
 * @throws Error with one line when an option is wrong, neither `redis-server` nor `valkey-server` is on the PATH, or
 * the port is in use
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
  const { port = 0, now, cvmRole, onRequest = () => undefined } = options;
  const clock = now ? clockWithCalendar(now) : realClock;
  const created = await createCloud({ ...options, clock });
  const { cloud, region, accountId, secretId, secretKey, instances } = created;
  try {
    const metadata = metadataOf(cvmRole, cloud.keys, cloud.sts.temporaryKeySeconds, clock);
    const server = await startApiServer(cloud, metadata, { port, onRequest });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      endpoint,
      region,
      accountId,
      secretId,
      secretKey,
      environment: environmentOf(endpoint, secretId, secretKey),
      instances,
      addFault: (text) => cloud.faults.add(text),
      clearFaults: () => clearFaults(cloud),
      async stop() {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await Promise.all([closed, created.stop()]);
      },
    };
  } catch (error) {
    await created.stop();
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
  TENCENTCLOUD_PROFILE: "",
  TCCLI_PROFILE: "",
});
