import { type RequestRecord, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import type { Place } from "./place";
import { instanceIds } from "./programs";
import type { Who } from "./results";
import { Subject } from "./subject";

/** What a measurement is done with, and taken away at its end. */
export class Workbench {
  private readonly cleanUps: (() => unknown)[] = [];

  constructor(readonly place: Place) {}

  /** A stack whose program has so many resources. */
  async subject(who: Who, resources: number): Promise<Subject> {
    const subject = new Subject(this.place, who, resources);
    this.cleanUps.push(() => subject.remove());
    await subject.init();
    return subject;
  }

  /** A cloud with so many instances, which serves 20 requests a second, as the real one does. */
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
  /** The environment of who uses it. */
  readonly credentials: NodeJS.ProcessEnv;
  /** How long the next tasks take. */
  setTaskSeconds(seconds: number): void;
  /** The requests since the last time. */
  takeRequests(): RequestRecord[];
  stop(): Promise<void>;
}

function once<Result>(work: () => Result): () => Result {
  let result: { value: Result } | undefined;
  return () => (result ??= { value: work() }).value;
}
