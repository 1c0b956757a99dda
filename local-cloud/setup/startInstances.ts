import { randomBytes } from "node:crypto";

import { Condition } from "../model/condition";
import { type Instance, newRootAccount } from "../model/instances";
import type { Clock } from "../system/clock";
import { type RedisServer, startRedisServer } from "../system/redisServer";
import type { InstanceOptions, LocalCloudOptions } from "./options";
import { OptionsError } from "./optionsError";

export type RunningInstance = Instance & { readonly region: string; readonly server: RedisServer };

/**
 * Starts a Redis server for each instance. If one does not start, the others are stopped.
 *
 * @throws Error if an instance is in an unknown region, or a server does not start
 */
export async function startInstances(
  wanted: NonNullable<LocalCloudOptions["instances"]>,
  regions: readonly [string, ...string[]],
  clock: Clock,
): Promise<RunningInstance[]> {
  const placed = Object.entries(wanted).map(([instanceId, given]) => placeInstance(instanceId, given, regions));
  const results = await Promise.allSettled(placed.map((instance) => startInstance(instance, clock)));
  const running = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) {
    await Promise.all(running.map(({ server }) => server.stop()));
    throw failed.reason;
  }
  return running;
}

interface PlacedInstance {
  readonly instanceId: string;
  readonly region: string;
  /** Undefined for a random one. */
  readonly password: string | undefined;
}

function placeInstance(
  instanceId: string,
  given: string | InstanceOptions | undefined,
  regions: readonly [string, ...string[]],
): PlacedInstance {
  const { password, region = regions[0] } = typeof given === "string" ? { password: given } : (given ?? {});
  if (!regions.includes(region)) {
    const reason = `${instanceId} is in ${region}, which is not a region of this cloud`;
    throw new OptionsError([{ option: "instances", path: [], reason }]);
  }
  return { instanceId, password, region };
}

async function startInstance({ instanceId, region, password }: PlacedInstance, clock: Clock): Promise<RunningInstance> {
  const server = await startRedisServer(password ?? randomBytes(24).toString("base64url"));
  const createdAt = clock.now();
  const root = newRootAccount(password === "", createdAt);
  return { instanceId, region, server, createdAt, root, condition: new Condition(clock) };
}
