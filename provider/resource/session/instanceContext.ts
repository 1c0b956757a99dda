import type { Client } from "../../tencentcloud/client/client";
import type { Deadline } from "../../tencentcloud/retry/deadline";
import type { ResourceLog } from "./resourceLog";

/** Everything needed to send requests about an account of an instance. */
export interface InstanceContext {
  readonly client: Client;
  readonly instanceId: string;
  /** Absent for the default account. */
  readonly account?: string | undefined;
  readonly deadline: Deadline;
  readonly log: ResourceLog;
}
