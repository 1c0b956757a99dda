import type { Client } from "../tencentcloud/client/client";
import type { Deadline } from "../tencentcloud/retry/deadline";
import type { ResourceLog } from "./resourceLog";

/** What it takes to ask the service about an instance. */
export interface InstanceContext {
  readonly client: Client;
  readonly instanceId: string;
  readonly deadline: Deadline;
  readonly log: ResourceLog;
}
