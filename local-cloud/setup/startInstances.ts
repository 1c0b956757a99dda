import { randomBytes } from "node:crypto";

import { type Account, newAccount, newRootAccount } from "../model/accounts";
import { Condition } from "../model/condition";
import { type Instance, applyLogins } from "../model/instances";
import type { Clock } from "../system/clock";
import { type RedisServer, startRedisServer } from "../system/redisServer";
import type { AccountOptions, InstanceOptions, LocalCloudOptions } from "./options";
import { OptionsError } from "./optionsError";

export type RunningInstance = Instance & { readonly region: string; readonly server: RedisServer };

/**
 * Starts a Redis server for each instance. If one does not start, the others are stopped.
 *
 * @throws Error if the region of an instance is unknown, or a server does not start
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
  readonly passwordTime: InstanceOptions["passwordTime"];
  readonly accounts: NonNullable<InstanceOptions["accounts"]>;
}

function placeInstance(
  instanceId: string,
  given: string | InstanceOptions | undefined,
  regions: readonly [string, ...string[]],
): PlacedInstance {
  const {
    password,
    passwordTime,
    region = regions[0],
    accounts = {},
  }: InstanceOptions = typeof given === "string" ? { password: given } : (given ?? {});
  if (!regions.includes(region)) {
    const reason = `${instanceId} is in ${region}, which is not a region of this cloud`;
    throw new OptionsError([{ option: "instances", path: [], reason }]);
  }
  return { instanceId, password, passwordTime, region, accounts };
}

async function startInstance(placed: PlacedInstance, clock: Clock): Promise<RunningInstance> {
  const { instanceId, region, password = randomPassword(), passwordTime, accounts } = placed;
  const server = await startRedisServer(password);
  const createdAt = clock.now();
  const root = newRootAccount(password, createdAt, passwordTime);
  const customAccounts = Object.entries(accounts).map(([name, given]) => createAccount(name, given, createdAt));
  const instance = { instanceId, region, server, createdAt, root, customAccounts, condition: new Condition(clock) };
  try {
    if (customAccounts.length > 0) await applyLogins(instance);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return instance;
}

function createAccount(name: string, given: string | AccountOptions | undefined, createdAt: Date): Account {
  const { password = randomPassword(), ...others } = typeof given === "string" ? { password: given } : (given ?? {});
  return newAccount({ ...others, name, password, createdAt });
}

const randomPassword = (): string => randomBytes(24).toString("base64url");
