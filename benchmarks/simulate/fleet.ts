import { randomUUID } from "node:crypto";

import { Agent } from "undici";

import { isTaskTimeoutError } from "../../provider/tencentcloud/errors/errors";
import { createClient } from "../../provider/tencentcloud/client/client";
import type { Credentials } from "../../provider/tencentcloud/transport/signature";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { RateLimiters } from "../../provider/tencentcloud/client/rateLimiter";
import { resetPassword } from "../../provider/tencentcloud/redis/resetPassword";
import { classify } from "../../provider/tencentcloud/errors/classify";
import { waitForTask } from "../../provider/tencentcloud/redis/waitForTask";
import { TaskReader } from "../../provider/tencentcloud/redis/taskReader";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import { randomFrom } from "../../tools/random";
import { type Exchange, dispatchFrom } from "./network";
import { type Key, type Reset, Service, region } from "./service";
import { onVirtualTime, replace } from "./virtualTime";

export interface FleetOptions {
  readonly seed: number;
  readonly instances: number;
  /** Each has an equal part of the instances, and they all begin at once. */
  readonly processes: number;
  /** How many resources a process works on at a time, as `pulumi up --parallel` says. */
  readonly parallel: number;
  /** The input of each resource. */
  readonly timeoutSeconds: number;
  /** The part of all answers that is lost. */
  readonly lostAnswers: number;
}

/** What became of a fleet. All times are from the beginning of all. */
export interface FleetResult {
  /** When each process was done with all of its instances. */
  readonly processSeconds: readonly number[];
  /** The longest that one instance took from its turn in the `up` to its end. */
  readonly slowestInstanceSeconds: number;
  /** Instances that one `up` was not enough for. */
  readonly secondUps: readonly string[];
  /** Instances that never came to their end. */
  readonly starved: readonly string[];
  /** In the order in which the service accepted them. */
  readonly resets: readonly Reset[];
  readonly exchanges: readonly Exchange[];
}

/**
 * Lets processes rotate the passwords of a fleet, which share one account's quota. The service, the network and the
 * clock are simulated; all that the processes do is done by the code that ships.
 */
export async function simulateFleet(options: FleetOptions): Promise<FleetResult> {
  // The client loads it at its first request, for which no clock would wait.
  await import("undici");
  return onVirtualTime(options.seed, async () => {
    const instanceIds = Array.from(
      { length: options.instances },
      (_, index) => `crs-${String(index).padStart(8, "0")}`,
    );
    const keys = Array.from({ length: options.processes }, newKey);
    const service = new Service({ instanceIds, keys, taskSeconds: taskLengths(randomFrom(options.seed + 1)) });
    const exchanges: Exchange[] = [];
    const random = randomFrom(options.seed + 2);
    const { lostAnswers } = options;
    const onExchange = (exchange: Exchange) => exchanges.push(exchange);
    const restore = replace(Agent.prototype, "dispatch", dispatchFrom({ service, random, lostAnswers, onExchange }));
    try {
      const processes = keys.map((key, index) => {
        const own = instanceIds.filter((_, position) => position % keys.length === index);
        return new SimulatedProcess(own, key, options).run();
      });
      const results = await Promise.all(processes);
      return {
        processSeconds: results.map(({ seconds }) => seconds),
        slowestInstanceSeconds: Math.max(...results.map((result) => result.slowestInstanceSeconds)),
        secondUps: results.flatMap(({ secondUps }) => secondUps),
        starved: results.flatMap(({ starved }) => starved),
        resets: service.resets,
        exchanges,
      };
    } finally {
      restore();
    }
  });
}

/** Another key of the same account for each process. */
const newKey = (): Key => ({ secretId: `AKID${randomUUID()}`, secretKey: randomUUID() });

/** From 5 to 60 s, half of them under 10 s: the longer, the rarer, by the square. */
const taskLengths = (random: () => number) => (): number => 1 / (1 / 5 - random() * (1 / 5 - 1 / 60));

/** More than enough: whoever is not done by then never will be. */
const mostUps = 5;

/** One process: a `pulumi up` of some instances, and another one for those that it has failed for. */
class SimulatedProcess {
  private readonly pendingTasks = new Map<string, number>();
  private readonly reader = new TaskReader();
  private readonly limiters = new RateLimiters();
  private slowestInstanceSeconds = 0;

  constructor(
    private readonly instanceIds: readonly string[],
    private readonly key: Key,
    private readonly options: FleetOptions,
  ) {}

  async run() {
    const startedAt = performance.now();
    const secondUps = await this.up(this.instanceIds);
    let starved = secondUps;
    for (let ups = 1; starved.length > 0 && ups < mostUps; ups++) starved = await this.up(starved);
    const seconds = (performance.now() - startedAt) / 1000;
    return { seconds, secondUps, starved, slowestInstanceSeconds: this.slowestInstanceSeconds };
  }

  /** Returns the instances that it fails for. */
  private async up(instanceIds: readonly string[]): Promise<string[]> {
    const waiting = [...instanceIds];
    const failed: string[] = [];
    const workOff = async () => {
      for (let instanceId = waiting.shift(); instanceId !== undefined; instanceId = waiting.shift()) {
        if (!(await this.rotate(instanceId))) failed.push(instanceId);
      }
    };
    await Promise.all(Array.from({ length: this.options.parallel }, workOff));
    return failed;
  }

  /** What the provider does for one resource: whether its `up` succeeds. */
  private async rotate(instanceId: string): Promise<boolean> {
    const beganAt = performance.now();
    const deadline = deadlineIn(this.options.timeoutSeconds);
    const { provideCredentials: credentials, limiters } = this;
    const client = createClient({ endpoint, region, credentials, limiters });
    try {
      const { taskId } = this.pendingTasks.has(instanceId)
        ? { taskId: this.pendingTasks.get(instanceId) }
        : await resetPassword(client, { instanceId, password: new Secret(password) }, deadline);
      if (taskId === undefined) throw new Error("the service gave no task");
      this.pendingTasks.set(instanceId, taskId);
      await waitForTask(client, taskId, deadline, this.reader);
      this.pendingTasks.delete(instanceId);
      return true;
    } catch (error) {
      if (classify(error).verdict === "final" && !isTaskTimeoutError(error)) throw error;
      return false;
    } finally {
      this.slowestInstanceSeconds = Math.max(this.slowestInstanceSeconds, (performance.now() - beganAt) / 1000);
    }
  }

  private readonly provideCredentials = (): Promise<Credentials> =>
    Promise.resolve({ ...this.key, secretKey: new Secret(this.key.secretKey) });
}

/** On this machine, so that no proxy is looked for. */
const endpoint = new URL("http://127.0.0.1");
const password = "Rotated-Passw0rd";
