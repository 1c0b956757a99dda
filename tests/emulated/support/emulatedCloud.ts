import { redisActions } from "../../../local-cloud/actions";
import { clearFaults } from "../../../local-cloud/faults/clearFaults";
import type { Region } from "../../../local-cloud/model/regions";
import type { Task, TaskFault } from "../../../local-cloud/model/tasks";
import { answerApi } from "../../../local-cloud/server/answerApi";
import type { Cloud } from "../../../local-cloud/server/cloud";
import { prepareDelivery } from "../../../local-cloud/server/delivery";
import type { RequestRecord } from "../../../local-cloud/server/requestRecord";
import { type CreatedCloud, createCloud } from "../../../local-cloud/setup/createCloud";
import { TransportError } from "../../../provider/tencentcloud/errors/errors";
import type { HttpRequest, HttpResponse } from "../../../provider/tencentcloud/transport/http";
import { type AcceptedReset, type ChangeParameters, AccountsOfTasks, describeChange } from "./acceptedReset";
import { RedisConnection } from "./redisConnection";
import { type EmulatedCloudOptions, renewCloud } from "./renewCloud";
import { VirtualTime } from "../../../tools/virtualTime";

/** The one-way latency, in milliseconds. */
const latencyMs = 5;

/** A request that has arrived, and the run that sent it. */
export type ReceivedRequest = RequestRecord & { readonly run: number; readonly instanceId?: string | undefined };

/** The local cloud on virtual time, without sockets except those of the real Redis servers. */
export class EmulatedCloud {
  time = new VirtualTime();
  requests: ReceivedRequest[] = [];
  accepted: AcceptedReset[] = [];
  readonly accountsOfTasks = new AccountsOfTasks();
  private runs = 0;
  private cloud: Cloud;
  private readonly connections = new Map<string, RedisConnection>();

  private constructor(
    private readonly created: CreatedCloud,
    private readonly options: EmulatedCloudOptions,
  ) {
    this.cloud = created.cloud;
  }

  /** Starts the Redis servers, and begins a first history. */
  static async start(options: EmulatedCloudOptions): Promise<EmulatedCloud> {
    const created = await createCloud({ ...options, clock: new VirtualTime().forCloud });
    const cloud = new EmulatedCloud(created, options);
    for (const { instanceId, port } of created.instances) {
      cloud.connections.set(instanceId, await RedisConnection.open(port));
    }
    await cloud.begin();
    return cloud;
  }

  /** Resets everything, including the passwords of the Redis servers, which keep running. */
  async begin(options: Partial<EmulatedCloudOptions> = {}): Promise<void> {
    this.stopTasks();
    this.time = new VirtualTime();
    this.requests = [];
    this.accepted = [];
    this.accountsOfTasks.clear();
    this.runs = 0;
    this.cloud = await renewCloud(this.created, { ...this.options, ...options }, this.time);
  }

  /** The environment that gives a provider access to this cloud. Its hosts are the vendor's own. */
  get environment(): Readonly<Record<string, string>> {
    const { secretId, secretKey } = this.created;
    return { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  }

  get region(): string {
    return this.created.region;
  }

  addressOf(instanceId: string): { host: string; port: number } {
    const found = this.created.instances.find((instance) => instance.instanceId === instanceId);
    if (!found) throw new Error(`no instance ${instanceId}`);
    return { host: found.host, port: found.port };
  }

  /** Returns a number for a run, which tells its requests from those of others. */
  nextRun(): number {
    return ++this.runs;
  }

  addFault(text: string): void {
    this.cloud.faults.add(text);
  }

  /** Removes the faults that no request has met yet. */
  forgetFaults(): void {
    this.cloud.faults.clear();
  }

  /** Removes all faults: instances are normal again, and stuck tasks continue. */
  clearFaults(): void {
    clearFaults(this.cloud);
  }

  /** Whether an instance is locked, isolated or deleted. */
  get hasOddInstances(): boolean {
    const all = [...this.cloud.regions.values()].flatMap(({ instances }) => [...instances.values()]);
    return all.some(({ condition }) => condition.state !== "normal");
  }

  /** All tasks, newest first. */
  get tasks(): readonly Task[] {
    return [...this.cloud.regions.values()].flatMap(({ tasks }) => tasks.recent());
  }

  /** @param account absent for the default account */
  accepts(password: string, instanceId: string, account?: string): Promise<boolean> {
    const connection = this.connections.get(instanceId);
    if (!connection) throw new Error(`no instance ${instanceId}`);
    return connection.accepts(password, account);
  }

  /**
   * Makes a change like somebody else, for example in the console: without faults and quota.
   *
   * @param seconds how long the task takes
   */
  changeAsSomebodyElse(
    action: "ResetPassword" | "ModifyInstanceAccount",
    instanceId: string,
    parameters: ChangeParameters,
    seconds?: number,
  ): number {
    const region = this.regionOf(instanceId);
    const found = redisActions.get(action);
    if (!region || !found) throw new Error(`no instance ${instanceId}, or no action ${action}`);
    const slow: TaskFault | undefined =
      seconds === undefined ? undefined : { subject: "task", kind: "task-slow", seconds };
    const circumstances = { caller: { accountId: this.created.accountId }, ...(slow && { fault: slow }) };
    const answer = found.run(region, { InstanceId: instanceId, ...parameters }, circumstances);
    const { TaskId } = answer as { TaskId: number };
    this.accountsOfTasks.note(TaskId, action, parameters);
    return TaskId;
  }

  /** Sends one request of the provider's over a wire with some latency. @throws TransportError as {@link sendHttp} does */
  send(run: number, action: string, request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(new TransportError(action, "lost", `timed out (${request.url.host})`));
      const cancel = this.time.alarm(request.timeoutMs, tooLate);
      request.signal?.addEventListener("abort", tooLate);
      void this.answer(run, action, request).then(resolve, reject).finally(cancel);
    });
  }

  private async answer(run: number, action: string, request: HttpRequest): Promise<HttpResponse> {
    const { url, method = "POST", headers = {}, body = "" } = request;
    const failure = (outcome: TransportError["outcome"], reason: string) =>
      new TransportError(action, outcome, `${reason} (${url.host})`);
    const tooLateMs = this.time.elapsedMs + request.timeoutMs;
    await this.time.sleep(latencyMs);
    if (!url.host.endsWith(".tencentcloudapi.com"))
      throw failure("unreachable", `getaddrinfo ENOTFOUND ${url.hostname}`);
    const lowerCase = Object.entries({ host: url.host, ...headers }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    const message = { method, url: url.pathname + url.search, headers: Object.fromEntries(lowerCase) as object };
    const answer = answerApi(this.cloud, message as Parameters<typeof answerApi>[1], Buffer.from(body));
    const accepted = this.note(run, answer.record, body);
    const delivery = prepareDelivery(answer);
    await this.time.sleep(latencyMs + (delivery?.delayMs ?? 0));
    if (!delivery) throw failure("lost", "other side closed");
    if (delivery.status >= 500) throw failure("lost", `HTTP status ${delivery.status}`);
    if (accepted) accepted.isAnswered = answer.fault?.kind !== "garbage" && this.time.elapsedMs < tooLateMs;
    const serviceTimeMs = Math.floor(this.time.epochMs / 1000) * 1000;
    return { status: delivery.status, serviceTimeMs, body: delivery.body };
  }

  private note(run: number, record: RequestRecord, body: string): AcceptedReset | undefined {
    const parameters = JSON.parse(body || "{}") as ChangeParameters;
    const { InstanceId: instanceId = "" } = parameters;
    this.requests.push({ ...record, run, instanceId });
    const { action, taskId, requestId } = record;
    const instance = this.regionOf(instanceId)?.instances.get(instanceId);
    if (taskId === null || !instance) return undefined;
    this.accountsOfTasks.note(taskId, action, parameters);
    const accepted = { run, requestId, taskId, ...describeChange(instance, parameters), isAnswered: false };
    this.accepted.push(accepted);
    return accepted;
  }

  private regionOf(instanceId: string): Region | undefined {
    return [...this.cloud.regions.values()].find(({ instances }) => instances.has(instanceId));
  }

  private stopTasks(): void {
    for (const { tasks } of this.cloud.regions.values()) tasks.stop();
  }

  async stop(): Promise<void> {
    this.stopTasks();
    for (const connection of this.connections.values()) connection.close();
    await this.created.stop();
  }
}
