import { randomUUID } from "node:crypto";

import { isTaskTimeoutError } from "../../provider/tencentcloud/errors/errors";
import { type Client, createClient } from "../../provider/tencentcloud/client/client";
import type { Credentials } from "../../provider/tencentcloud/transport/signature";
import { type Deadline, deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { RateLimiters } from "../../provider/tencentcloud/client/rateLimiter";
import { resetPassword } from "../../provider/tencentcloud/redis/resetPassword";
import { classify } from "../../provider/tencentcloud/errors/classify";
import { type AcceptedTask, waitForTask } from "../../provider/tencentcloud/redis/waitForTask";
import { TaskReader } from "../../provider/tencentcloud/redis/taskReader";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import type { Wire } from "../../provider/tencentcloud/transport/http";
import { randomFrom } from "../../tools/random";
import { VirtualTime } from "../../tools/virtualTime";
import { type Exchange, createTransport } from "./network";
import { type Key, type Reset, Service, region } from "./service";
import { Redactor } from "../../provider/tencentcloud/secrets/redactor";

export interface FleetOptions {
  readonly seed: number;
  readonly instances: number;
  /** The number of processes. Each has an equal part of the instances, and all start at the same time. */
  readonly processes: number;
  /** The number of resources that a process works on at a time: `pulumi up --parallel`. */
  readonly parallel: number;
  /** The input of each resource. */
  readonly timeoutSeconds: number;
  /** The share of responses that are lost. */
  readonly lostAnswers: number;
}

/** The result of a simulation. All times are since its start. */
export interface FleetResult {
  /** When each process had finished all of its instances. */
  readonly processSeconds: readonly number[];
  /** The longest time that an instance took, from the start of its operation in the `up`. */
  readonly slowestInstanceSeconds: number;
  /** Instances that needed more than one `up`. */
  readonly secondUps: readonly string[];
  /** Instances that were never finished. */
  readonly starved: readonly string[];
  /** In the order of their acceptance. */
  readonly resets: readonly Reset[];
  readonly exchanges: readonly Exchange[];
}

/**
 * Simulates processes that rotate the passwords of a fleet and share the quota of one account. The service, the network
 * and the clock are simulated; the processes run the published code.
 */
export async function simulateFleet(options: FleetOptions): Promise<FleetResult> {
  const { lostAnswers, seed } = options;
  const instanceIds = Array.from({ length: options.instances }, (_, index) => `crs-${String(index).padStart(8, "0")}`);
  const keys = Array.from({ length: options.processes }, newKey);
  const time = new VirtualTime();
  const taskSeconds = taskLengths(randomFrom(seed + 1));
  const service = new Service({ clock: time.forCloud, instanceIds, keys, taskSeconds });
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange) => exchanges.push(exchange);
  const transport = createTransport({ service, time, random: randomFrom(seed + 2), lostAnswers, onExchange });
  const processes = keys.map((key, index) => {
    const own = instanceIds.filter((_, position) => position % keys.length === index);
    return new SimulatedProcess(own, key, { clock: time.forProcess(), transport }, options);
  });
  const run = () => time.until(Promise.all(processes.map((process) => process.run())));
  const results = await withSeededRandom(seed, run);
  return {
    processSeconds: results.map(({ seconds }) => seconds),
    slowestInstanceSeconds: Math.max(...results.map((result) => result.slowestInstanceSeconds)),
    secondUps: results.flatMap(({ secondUps }) => secondUps),
    starved: results.flatMap(({ starved }) => starved),
    resets: service.resets,
    exchanges,
  };
}

/** Makes the pauses between retries reproducible: the client takes them from `Math.random`. */
async function withSeededRandom<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const { random } = Math;
  Math.random = randomFrom(seed);
  try {
    return await work();
  } finally {
    Math.random = random;
  }
}

/** Returns another key of the same account. */
const newKey = (): Key => ({ secretId: `AKID${randomUUID()}`, secretKey: randomUUID() });

/** Durations from 5 to 60 s, half of them under 10 s. Their density falls with the square of the duration. */
const taskLengths = (random: () => number) => (): number => 1 / (1 / 5 - random() * (1 / 5 - 1 / 60));

/** More than enough: an instance that is not finished by then never will be. */
const mostUps = 5;

/** One process: a `pulumi up` of some instances, and another one for those that failed. */
class SimulatedProcess {
  private readonly pendingTasks = new Map<string, AcceptedTask>();
  private readonly reader: TaskReader;
  private readonly limiters: RateLimiters;
  private slowestInstanceSeconds = 0;

  constructor(
    private readonly instanceIds: readonly string[],
    private readonly key: Key,
    private readonly wire: Required<Wire>,
    private readonly options: FleetOptions,
  ) {
    this.reader = new TaskReader(wire.clock);
    this.limiters = new RateLimiters(wire.clock);
  }

  async run() {
    const { clock } = this.wire;
    const startedAt = clock.elapsedMs();
    const secondUps = await this.up(this.instanceIds);
    let starved = secondUps;
    for (let ups = 1; starved.length > 0 && ups < mostUps; ups++) starved = await this.up(starved);
    const seconds = (clock.elapsedMs() - startedAt) / 1000;
    return { seconds, secondUps, starved, slowestInstanceSeconds: this.slowestInstanceSeconds };
  }

  /** Returns the instances that failed. */
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

  /** Does what the provider does for one resource. Returns whether it succeeds. */
  private async rotate(instanceId: string): Promise<boolean> {
    const { provideCredentials: credentials, limiters, wire } = this;
    const beganAt = wire.clock.elapsedMs();
    const deadline = deadlineIn(this.options.timeoutSeconds, wire.clock);
    const redactor = new Redactor();
    const client = createClient({ endpoint, region, credentials, limiters, redactor, ...wire });
    try {
      const task = this.pendingTasks.get(instanceId) ?? (await sendReset(client, instanceId, deadline));
      this.pendingTasks.set(instanceId, task);
      await waitForTask(client, task, deadline, this.reader, redactor);
      this.pendingTasks.delete(instanceId);
      return true;
    } catch (error) {
      if (classify(error).verdict === "final" && !isTaskTimeoutError(error)) throw error;
      return false;
    } finally {
      this.slowestInstanceSeconds = Math.max(this.slowestInstanceSeconds, (wire.clock.elapsedMs() - beganAt) / 1000);
    }
  }

  private readonly provideCredentials = (): Promise<Credentials> =>
    Promise.resolve({ ...this.key, secretKey: new Secret(this.key.secretKey) });
}

async function sendReset(client: Client, instanceId: string, deadline: Deadline): Promise<AcceptedTask> {
  const accepted = await resetPassword(client, { instanceId, password: new Secret(password) }, deadline);
  if (accepted.taskId === undefined) throw new Error("the service gave no task");
  return { ...accepted, action: "ResetPassword", instanceId, taskId: accepted.taskId };
}

const endpoint = new URL("https://redis.tencentcloudapi.com");
const password = "Rotated-Passw0rd";
