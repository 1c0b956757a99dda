import type { ApiKeys } from "../auth/apiKeys";
import type { Sts } from "../auth/sts";
import type { Faults } from "../faults/faults";
import type { Regions } from "../model/regions";
import type { Clock } from "../system/clock";
import type { RequestQuota } from "./requestQuota";

/** The state of the API. */
export interface Cloud {
  readonly keys: ApiKeys;
  readonly regions: Regions;
  readonly sts: Sts;
  readonly quota: RequestQuota;
  /** The rate limit of most actions. Some actions have a documented multiple of it. */
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  readonly faults: Faults;
}
