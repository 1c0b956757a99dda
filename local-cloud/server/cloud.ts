import type { ApiKeys } from "../auth/apiKeys";
import type { Sts } from "../auth/sts";
import type { Faults } from "../faults/faults";
import type { Regions } from "../model/regions";
import type { Clock } from "../system/clock";
import type { RequestQuota } from "./requestQuota";

/** Everything that the API reads and changes. */
export interface Cloud {
  readonly keys: ApiKeys;
  readonly regions: Regions;
  readonly sts: Sts;
  readonly quota: RequestQuota;
  /** The limit of most actions. The documented limits of some are a multiple of it. */
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  readonly faults: Faults;
}
