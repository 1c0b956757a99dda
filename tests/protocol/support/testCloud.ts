import { EventEmitter } from "node:events";

import { type InstanceOptions, type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { authAccepted } from "../../../tools/redisAuth";

export interface TestCloudOptions {
  /** The instances by id, with their initial passwords or options. */
  readonly instances: Readonly<Record<string, string | InstanceOptions>>;
  /** How long every task takes. @default 0 */
  readonly taskSeconds?: number;
  /** Called at each request, before its response is sent. */
  readonly onRequest?: (action: string) => void;
}

/** A local cloud in this process, with real Redis servers, which records all requests. */
export class TestCloud {
  static async start({ instances, taskSeconds = 0, onRequest }: TestCloudOptions): Promise<TestCloud> {
    const actions: string[] = [];
    const requests = new EventEmitter<{ request: [action: string] }>();
    const local = await startLocalCloud({
      instances,
      taskSeconds,
      onRequest({ action }) {
        actions.push(String(action));
        onRequest?.(String(action));
        requests.emit("request", String(action));
      },
    });
    return new TestCloud(local, actions, requests);
  }

  private constructor(
    private readonly local: LocalCloud,
    /** The actions of all requests, in order. */
    readonly actions: readonly string[],
    private readonly requests: EventEmitter<{ request: [action: string] }>,
  ) {}

  /** The environment variables for this cloud. */
  get environment(): Record<string, string> {
    const { endpoint, secretId, secretKey } = this.local;
    return {
      TENCENTCLOUD_REDIS_ENDPOINT: endpoint,
      TENCENTCLOUD_SECRET_ID: secretId,
      TENCENTCLOUD_SECRET_KEY: secretKey,
    };
  }

  /** The same with STS, which returns the owner of the credentials. */
  get environmentWithSts(): Record<string, string> {
    return { ...this.environment, TENCENTCLOUD_STS_ENDPOINT: this.local.endpoint };
  }

  /** The account that owns the instances. */
  get accountId(): string {
    return this.local.accountId;
  }

  /** The same as stack config. */
  get config(): Record<string, string> {
    const { endpoint, secretId, secretKey } = this.local;
    return {
      "tencentcloud-redis:endpoint": endpoint,
      "tencentcloud-redis:secretId": secretId,
      "tencentcloud-redis:secretKey": secretKey,
    };
  }

  /** The number of requests for a reset. */
  get resets(): number {
    return this.actions.filter((action) => action === "ResetPassword").length;
  }

  /** Resolves after this number of further requests, of one action or of any. */
  requested(times: number, action?: string): Promise<void> {
    return new Promise((resolve) => {
      let missing = times;
      const count = (requested: string) => {
        if (action !== undefined && requested !== action) return;
        missing--;
        if (missing > 0) return;
        this.requests.off("request", count);
        resolve();
      };
      this.requests.on("request", count);
    });
  }

  /** Injects a fault, such as `DescribeInstances=isolated`, until {@link releaseTasks}. */
  addFault(text: string): void {
    this.local.addFault(text);
  }

  /** Keeps the tasks of later resets running until {@link releaseTasks}. */
  holdTasks(): void {
    this.local.addFault("ResetPassword=task-stuck");
  }

  /** Ends all held tasks. */
  releaseTasks(): void {
    this.local.clearFaults();
  }

  /** Whether the Redis server of an instance accepts a password. */
  accepts(instanceId: string, password: string): Promise<boolean> {
    const instance = this.local.instances.find((candidate) => candidate.instanceId === instanceId);
    if (!instance) throw new Error(`the cloud has no instance ${instanceId}`);
    return authAccepted(instance.port, password);
  }

  stop(): Promise<void> {
    return this.local.stop();
  }
}
