import type { AddressInfo } from "node:net";

import { ApiKeys } from "../../../../local-cloud/auth/apiKeys";
import { Faults } from "../../../../local-cloud/faults/faults";
import { type PasswordTime, newAccount, newRootAccount } from "../../../../local-cloud/model/accounts";
import { Condition } from "../../../../local-cloud/model/condition";
import type { Instance } from "../../../../local-cloud/model/instances";
import type { Region } from "../../../../local-cloud/model/regions";
import { Tasks, taskIds } from "../../../../local-cloud/model/tasks";
import { startApiServer } from "../../../../local-cloud/server/apiServer";
import type { Cloud } from "../../../../local-cloud/server/cloud";
import { createMetadata } from "../../../../local-cloud/server/metadata";
import { RequestQuota } from "../../../../local-cloud/server/requestQuota";
import type { RequestRecord } from "../../../../local-cloud/server/requestRecord";
import type { Logins } from "../../../../local-cloud/system/redisServer";
import { type Clock, clockWithCalendar, realClock } from "../../../../local-cloud/system/clock";
import { expired, foreign, permanent, temporary } from "./keys";

/** The passwords of root at the Redis servers of {@link start}, which are only simulated. */
export const passwords = new Map<string, string>();
/** The current logins of these servers, by instance. */
export const logins = new Map<string, Logins>();
/** The log of all requests. */
export const records: RequestRecord[] = [];
const ends: (() => unknown)[] = [];
const allTasks: Tasks[] = [];

export interface StartOptions {
  readonly cloud?: Partial<Cloud>;
  readonly sts?: Partial<Cloud["sts"]>;
  readonly cvmRole?: string;
  /** The custom accounts of each instance. @default none */
  readonly accounts?: readonly string[];
  readonly taskSeconds?: number;
  readonly timeZoneHours?: number;
  readonly passwordTime?: PasswordTime;
  /** The password times of single accounts, by name. @default none */
  readonly ownPasswordTimes?: Readonly<Record<string, PasswordTime>>;
  readonly now?: () => Date;
  /** @default the real one, with the calendar of `now` */
  readonly clock?: Clock;
  readonly faults?: readonly string[];
}

/** Starts the API over HTTP, and returns its port. */
export const start = async (options: StartOptions = {}): Promise<number> => (await startCloud(options)).port;

/** Starts the API over HTTP, and returns its port and its cloud. */
export async function startCloud(options: StartOptions): Promise<{ port: number; cloud: Cloud }> {
  const { clock = options.now ? clockWithCalendar(options.now) : realClock } = options;
  const { timeZoneHours = 8, passwordTime = "kept", ownPasswordTimes = {} } = options;
  const nextTaskId = taskIds();
  const startTasks = () => {
    const tasks = new Tasks(options.taskSeconds ?? 0, nextTaskId, clock);
    ends.push(() => tasks.stop());
    allTasks.push(tasks);
    return tasks;
  };
  const createdAt = new Date("2026-01-02T03:04:05Z");
  const instance = (instanceId: string): [string, Instance] => [
    instanceId,
    {
      instanceId,
      createdAt,
      root: newRootAccount("before-1t", createdAt, ownPasswordTimes.root),
      customAccounts: (options.accounts ?? []).map((name) =>
        newAccount({ name, password: "before-1t", createdAt, passwordTime: ownPasswordTimes[name] }),
      ),
      condition: new Condition(clock),
      server: {
        port: 6379,
        setLogins(next) {
          logins.set(instanceId, next);
          passwords.set(instanceId, next.passwords[0] ?? "");
          return Promise.resolve();
        },
        stop: () => Promise.resolve(),
      },
    },
  ];
  const region = (name: string, ...ids: string[]): [string, Region] => [
    name,
    { name, instances: new Map(ids.map(instance)), tasks: startTasks(), clock, timeZoneHours, passwordTime },
  ];
  const keys = new ApiKeys([permanent, foreign, temporary, expired], clock);
  const cloud: Cloud = {
    keys,
    regions: new Map([
      region("ap-guangzhou", "crs-5a4py64p", "crs-second"),
      region("ap-shanghai", "crs-shanghai"),
      region("ap-shanghai-fsi", "crs-finance"),
    ]),
    sts: { keys, temporaryKeySeconds: 7200, clock, ...options.sts },
    quota: new RequestQuota(),
    requestsPerSecond: 1000,
    clock,
    faults: new Faults(options.faults),
    ...options.cloud,
  };
  const metadata = createMetadata(options.cvmRole, keys, 7200, clock);
  const server = await startApiServer(cloud, metadata, { port: 0, onRequest: (record) => records.push(record) });
  ends.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { port: (server.address() as AddressInfo).port, cloud };
}

/** Resolves once a condition of this process holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves once every task has ended. Tasks take no time here, unless a fault or an option sets one. */
export const settled = () => until(() => allTasks.every((tasks) => tasks.recent().every(({ endedAt }) => endedAt)));

/** For `afterEach`: stops the servers, and resets all records. */
export function stopAll(): void {
  for (const end of ends.splice(0)) end();
  passwords.clear();
  logins.clear();
  records.length = 0;
  allTasks.length = 0;
}
