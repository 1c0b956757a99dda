import type { AddressInfo } from "node:net";

import { clearFaults } from "../faults/clearFaults";
import { startApiServer } from "../server/apiServer";
import { createMetadata } from "../server/metadata";
import { clockWithCalendar, realClock } from "../system/clock";
import { createCloud } from "./createCloud";
import { defaults } from "./defaults";
import type { LocalCloud } from "./localCloud";
import type { LocalCloudOptions } from "./options";

/**
 * Starts the API, and a Redis server for each instance.
 *
 * @throws Error with one line if an option is wrong, neither `redis-server` nor `valkey-server` is on the PATH, or
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
  const { port = defaults.port, now, cvmRole, onRequest = () => undefined } = options;
  const clock = now ? clockWithCalendar(now) : realClock;
  const created = await createCloud({ ...options, clock });
  const { cloud, region, accountId, secretId, secretKey, instances } = created;
  try {
    const metadata = createMetadata(cvmRole, cloud.keys, cloud.sts.temporaryKeySeconds, clock);
    const server = await startApiServer(cloud, metadata, { port, onRequest });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      endpoint,
      region,
      accountId,
      secretId,
      secretKey,
      environment: buildEnvironment(endpoint, secretId, secretKey),
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

const buildEnvironment = (endpoint: string, secretId: string, secretKey: string): Record<string, string> => ({
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
