import { randomBytes } from "node:crypto";

import { ApiKeys } from "../auth/apiKeys";
import { Faults } from "../faults/faults";
import { account } from "../model/account";
import { Condition } from "../model/condition";
import { type Instance, newRootAccount } from "../model/instances";
import type { Region } from "../model/regions";
import { Tasks, taskIds } from "../model/tasks";
import { chinaHours } from "../protocol/serviceTime";
import type { Cloud } from "../server/admit";
import { RequestQuota } from "../server/requestQuota";
import type { Clock } from "../system/clock";
import { type RedisServer, accepts, startRedisServer } from "../system/redisServer";
import { checkOptions } from "./checkOptions";
import type { LocalCloudOptions } from "./options";
import { OptionsError } from "./optionsError";

/** A cloud that nothing listens for yet. */
export interface CreatedCloud {
  readonly cloud: Cloud;
  /** The first of its regions. */
  readonly region: string;
  /** The account that all of it belongs to. */
  readonly accountId: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly instances: readonly LocalInstance[];
  /** Resolves once no task is changing a Redis server. The clock may not move until then, if it is not the real one. */
  settled(): Promise<void>;
  /** Ends all tasks and Redis servers. */
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

/** Creates the cloud, and starts its Redis servers. @throws Error when an option is wrong, or a server does not start */
export async function createCloud(options: LocalCloudOptions & { readonly clock: Clock }): Promise<CreatedCloud> {
  checkOptions(options);
  const {
    instances = { "crs-5a4py64p": undefined },
    secretId = `AKID${randomBytes(16).toString("hex")}`,
    secretKey = randomBytes(16).toString("hex"),
    clock,
  } = options;
  const [region, ...otherRegions] = [options.region ?? "ap-guangzhou"].flat();
  if (region === undefined) throw new Error("a cloud needs a region");

  const running = await startInstances(instances, [region, ...otherRegions], clock);
  let isStopping = false;
  for (const { instanceId, server } of running) {
    void server.ended.then((reason) => {
      if (!isStopping) options.onServerEnd?.(instanceId, reason);
    });
  }
  const cloud = cloudOf(options, [region, ...otherRegions], running, { secretId, secretKey });
  const everyTasks = [...cloud.regions.values()].map(({ tasks }) => tasks);
  return {
    cloud,
    region,
    accountId: account,
    secretId,
    secretKey,
    instances: running.map(localInstance),
    async settled() {
      await Promise.all(everyTasks.map((tasks) => tasks.settled()));
    },
    async stop() {
      isStopping = true;
      for (const tasks of everyTasks) tasks.stop();
      await Promise.all(running.map(({ server }) => server.stop()));
    },
  };
}

const localInstance = ({ instanceId, region, server }: PlacedInstance): LocalInstance => ({
  instanceId,
  region,
  host: "127.0.0.1",
  port: server.port,
  accepts: (password) => accepts(server.port, password),
});

type PlacedInstance = Instance & { readonly region: string; readonly server: RedisServer };

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
  const { roles, webIdentityToken, otherAccount } = options;
  const issuedElsewhere = temporaryKeys.map(({ secretId, secretKey, ...temporary }) => ({
    secretId,
    secretKey,
    accountId: account,
    temporary,
  }));
  const keys = new ApiKeys(
    [{ ...apiKey, accountId: account }, ...(otherAccount ? [otherAccount] : []), ...issuedElsewhere],
    clock,
  );
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
      const reason = `${instanceId} is in ${region}, which is not a region of this cloud`;
      throw new OptionsError([{ option: "instances", path: [], reason }]);
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
