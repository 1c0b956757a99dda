import { randomBytes } from "node:crypto";

import { ApiKeys } from "../auth/apiKeys";
import { Faults } from "../faults/faults";
import { passwordToSignIn, rootName } from "../model/accounts";
import { ownAccountId } from "../model/caller";
import type { Region } from "../model/regions";
import { Tasks, taskIds } from "../model/tasks";
import type { Cloud } from "../server/cloud";
import { RequestQuota } from "../server/requestQuota";
import type { Clock } from "../system/clock";
import { acceptsPassword } from "../system/redisServer";
import { checkOptions } from "./checkOptions";
import { defaults } from "./defaults";
import type { LocalCloud, LocalInstance } from "./localCloud";
import type { LocalCloudOptions } from "./options";
import { type RunningInstance, startInstances } from "./startInstances";

/** A cloud with running Redis servers, without an HTTP server. */
export interface CreatedCloud extends Pick<
  LocalCloud,
  "region" | "accountId" | "secretId" | "secretKey" | "instances"
> {
  readonly cloud: Cloud;
  /** Resolves once no task is changing a Redis server. A test clock must not move until then. */
  settled(): Promise<void>;
  /** Ends all tasks and Redis servers. */
  stop(): Promise<void>;
}

type OptionsWithClock = LocalCloudOptions & { readonly clock: Clock };

/**
 * Creates the cloud, and starts its Redis servers.
 *
 * @throws Error if an option is invalid, or a server does not start
 */
export async function createCloud(options: OptionsWithClock): Promise<CreatedCloud> {
  checkOptions(options);
  const {
    instances = { [defaults.instanceId]: undefined },
    secretId = `AKID${randomBytes(16).toString("hex")}`,
    secretKey = randomBytes(16).toString("hex"),
    clock,
  } = options;
  const [region, ...otherRegions] = [options.region ?? defaults.region].flat();
  if (region === undefined) throw new Error("a cloud needs a region");

  const running = await startInstances(instances, [region, ...otherRegions], clock);
  let isStopping = false;
  for (const { instanceId, server } of running) {
    void server.ended.then((reason) => {
      if (!isStopping) options.onServerEnd?.(instanceId, reason);
    });
  }
  const cloud = assembleCloud(options, [region, ...otherRegions], running, { secretId, secretKey });
  const allTasks = [...cloud.regions.values()].map(({ tasks }) => tasks);
  return {
    cloud,
    region,
    accountId: ownAccountId,
    secretId,
    secretKey,
    instances: running.map(describeInstance),
    async settled() {
      await Promise.all(allTasks.map((tasks) => tasks.settled()));
    },
    async stop() {
      isStopping = true;
      for (const tasks of allTasks) tasks.stop();
      await Promise.all(running.map(({ server }) => server.stop()));
    },
  };
}

const describeInstance = ({ instanceId, region, server }: RunningInstance): LocalInstance => ({
  instanceId,
  region,
  host: "127.0.0.1",
  port: server.port,
  accepts: (password, name = rootName) => acceptsPassword(server.port, passwordToSignIn({ name, password })),
});

function assembleCloud(
  options: OptionsWithClock,
  regionNames: readonly string[],
  instances: readonly RunningInstance[],
  apiKey: { secretId: string; secretKey: string },
): Cloud {
  const {
    roles,
    webIdentityToken,
    temporaryKeySeconds = defaults.temporaryKeySeconds,
    requestsPerSecond = defaults.requestsPerSecond,
    clock,
    faults,
  } = options;
  const keys = createKeys(options, apiKey);
  return {
    keys,
    regions: createRegions(options, regionNames, instances),
    sts: { keys, roles, webIdentityToken, temporaryKeySeconds, clock },
    quota: new RequestQuota(),
    requestsPerSecond,
    clock,
    faults: new Faults(faults),
  };
}

function createKeys(
  { otherAccount, temporaryKeys = [], clock }: OptionsWithClock,
  apiKey: { secretId: string; secretKey: string },
): ApiKeys {
  const issuedElsewhere = temporaryKeys.map(({ secretId, secretKey, ...temporary }) => ({
    secretId,
    secretKey,
    accountId: ownAccountId,
    temporary,
  }));
  const permanent = [{ ...apiKey, accountId: ownAccountId }, ...(otherAccount ? [otherAccount] : [])];
  return new ApiKeys([...permanent, ...issuedElsewhere], clock);
}

function createRegions(
  {
    taskSeconds = defaults.taskSeconds,
    timeZoneHours = defaults.timeZoneHours,
    passwordTime = defaults.passwordTime,
    clock,
  }: OptionsWithClock,
  names: readonly string[],
  instances: readonly RunningInstance[],
): ReadonlyMap<string, Region> {
  const nextTaskId = taskIds();
  return new Map(
    names.map((name) => {
      const inRegion = instances.filter(({ region }) => region === name);
      const byId = new Map(inRegion.map((instance) => [instance.instanceId, instance]));
      const tasks = new Tasks(taskSeconds, nextTaskId, clock);
      return [name, { name, instances: byId, tasks, clock, timeZoneHours, passwordTime }];
    }),
  );
}
