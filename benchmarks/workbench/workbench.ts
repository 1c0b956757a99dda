import { type RequestRecord, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import type { Installation } from "../results/machine";
import { instanceIds } from "./programs";
import type { Who } from "../results/results";
import { Subject } from "./subject";

/** Creates the stacks and clouds of one measurement, and removes them at its end. */
export class Workbench {
  private readonly cleanUps: (() => unknown)[] = [];

  constructor(readonly installation: Installation) {}

  /** Creates a stack whose program declares a number of resources. */
  async subject(who: Who, resources: number): Promise<Subject> {
    const subject = new Subject(this.installation, who, resources);
    this.cleanUps.push(() => subject.remove());
    await subject.init();
    return subject;
  }

  /** Creates such a stack and its resources. */
  async createdSubject(who: Who, resources: number, environment: NodeJS.ProcessEnv): Promise<Subject> {
    console.log(`  creating ${resources} (${who})`);
    const subject = await this.subject(who, resources);
    await subject.create(environment);
    return subject;
  }

  /** Starts a cloud with a number of instances and the rate limit of the real service, 20 requests/s. */
  async cloud(instances: number): Promise<BenchCloud> {
    let requests: RequestRecord[] = [];
    const cloud = await startLocalCloud({
      instances: Object.fromEntries(instanceIds(instances).map((id) => [id, undefined])),
      taskSeconds: 0,
      onRequest: (request) => requests.push(request),
    });
    const stop = once(() => cloud.stop());
    this.cleanUps.push(stop);
    return {
      credentials: cloud.environment,
      setTaskSeconds(seconds) {
        cloud.clearFaults();
        cloud.addFault(`ResetPassword=task-slow:${seconds}`);
      },
      takeRequests() {
        const taken = requests;
        requests = [];
        return taken;
      },
      stop,
    };
  }

  async clear(): Promise<void> {
    await Promise.all(this.cleanUps.splice(0).map((cleanUp) => Promise.resolve().then(cleanUp)));
  }
}

export interface BenchCloud {
  /** Environment variables for programs that use this cloud. */
  readonly credentials: NodeJS.ProcessEnv;
  /** Sets how long the next tasks take. */
  setTaskSeconds(seconds: number): void;
  /** Returns the requests since the last call. */
  takeRequests(): RequestRecord[];
  stop(): Promise<void>;
}

function once<Result>(work: () => Result): () => Result {
  let result: { value: Result } | undefined;
  return () => (result ??= { value: work() }).value;
}
