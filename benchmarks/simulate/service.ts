import { randomUUID } from "node:crypto";

import { ApiKeys } from "../../local-cloud/auth/apiKeys";
import { Faults } from "../../local-cloud/faults/faults";
import { newAccount, newRootAccount } from "../../local-cloud/model/accounts";
import { ownAccountId } from "../../local-cloud/model/caller";
import { Condition } from "../../local-cloud/model/condition";
import type { Instance } from "../../local-cloud/model/instances";
import type { Region } from "../../local-cloud/model/regions";
import { type Task, type TaskSubject, type TaskType, Tasks, taskIds } from "../../local-cloud/model/tasks";
import { parseRequest } from "../../local-cloud/protocol/apiRequest";
import { CloudError } from "../../local-cloud/protocol/cloudError";
import { chinaHours } from "../../local-cloud/protocol/serviceTime";
import { admit } from "../../local-cloud/server/admit";
import type { Cloud } from "../../local-cloud/server/cloud";
import { RequestQuota } from "../../local-cloud/server/requestQuota";
import type { Clock } from "../../local-cloud/system/clock";

export const region = "ap-guangzhou";

/** A request as it arrives. */
export interface ArrivedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An API key of the account. */
export interface Key {
  readonly secretId: string;
  readonly secretKey: string;
}

export interface ServiceOptions {
  readonly clock: Clock;
  readonly instanceIds: readonly string[];
  /** The custom accounts of each instance. @default none */
  readonly accounts?: readonly string[];
  /** The keys of a single account, so that they share a quota. */
  readonly keys: readonly Key[];
  /** Returns how long the next task takes, in seconds. */
  readonly taskSeconds: () => number;
}

/** A reset that the service has accepted. */
export interface Reset {
  readonly instanceId: string;
  readonly acceptedAtSeconds: number;
  readonly taskSeconds: number;
}

/** The API of one account as the local cloud implements it, without the network and the Redis servers. */
export class Service {
  /** In the order of their acceptance. */
  readonly resets: Reset[] = [];
  private readonly cloud: Cloud;

  constructor({ clock, instanceIds, accounts = [], keys, taskSeconds }: ServiceOptions) {
    const tasks = new TasksOfManyLengths(clock, (instanceId) => {
      const reset = { instanceId, taskSeconds: taskSeconds(), acceptedAtSeconds: clock.elapsedMs() / 1000 };
      this.resets.push(reset);
      return reset.taskSeconds;
    });
    const place: Region = {
      name: region,
      instances: new Map(instanceIds.map((id) => [id, instanceWithoutServer(id, accounts, clock)])),
      tasks,
      clock,
      timeZoneHours: chinaHours,
      passwordTime: "kept",
    };
    const apiKeys = new ApiKeys(
      keys.map((key) => ({ ...key, accountId: ownAccountId })),
      clock,
    );
    this.cloud = {
      keys: apiKeys,
      regions: new Map([[region, place]]),
      sts: { keys: apiKeys, temporaryKeySeconds: 7200, clock },
      quota: new RequestQuota(),
      requestsPerSecond: 20,
      clock,
      faults: new Faults(),
    };
  }

  /** Returns the content of `Response`. */
  answer({ headers, body }: ArrivedRequest): Readonly<Record<string, unknown>> {
    const RequestId = randomUUID();
    try {
      const request = parseRequest({ method: "POST", url: "/", headers }, Buffer.from(body));
      return { ...admit(request, this.cloud)(undefined).answer, RequestId };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return { Error: { Code: error.code, Message: error.message }, RequestId };
    }
  }
}

/** Tasks with individual durations. */
class TasksOfManyLengths extends Tasks {
  constructor(
    clock: Clock,
    private readonly secondsFor: (instanceId: string) => number,
  ) {
    super(0, taskIds(), clock);
  }

  override start(subject: TaskSubject, type: TaskType, work: () => Promise<void>): Task {
    const seconds = this.secondsFor(subject.instanceId);
    return super.start(subject, type, work, { subject: "task", kind: "task-slow", seconds });
  }
}

function instanceWithoutServer(instanceId: string, accounts: readonly string[], clock: Clock): Instance {
  const createdAt = clock.now();
  const server = { port: 0, setLogins: () => Promise.resolve(), stop: () => Promise.resolve() };
  const root = newRootAccount("before-1t", createdAt);
  const customAccounts = accounts.map((name) => newAccount({ name, password: "before-1t", createdAt }));
  return { instanceId, server, createdAt, root, customAccounts, condition: new Condition(clock) };
}
