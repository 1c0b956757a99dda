import type { Client } from "../tencentcloud/client/client";
import type { Deadline } from "../tencentcloud/retry/deadline";

/** An instance, to be asked about until a deadline. */
export interface Service {
  readonly client: Client;
  readonly instanceId: string;
  readonly deadline: Deadline;
  /** Shows the user a line about the instance. */
  readonly say: (text: string) => void;
}
