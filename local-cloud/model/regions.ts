import { CloudError } from "../protocol/cloudError";
import { type VendorHost, parseVendorHost } from "../protocol/vendorHost";
import type { Clock } from "../system/clock";
import type { PasswordTime } from "./accounts";
import { type Caller, ownAccountId } from "./caller";
import type { Instances } from "./instances";
import { Tasks } from "./tasks";

/** A region of this cloud. It shares nothing with the other regions. */
export interface Region {
  readonly name: string;
  readonly instances: Instances;
  readonly tasks: Tasks;
  readonly clock: Clock;
  /** How far the times that its API writes and reads are ahead of UTC. */
  readonly timeZoneHours: number;
  /** That of accounts that have none of their own. */
  readonly passwordTime: PasswordTime;
}

export type Regions = ReadonlyMap<string, Region>;

/**
 * Returns the region that a request to some host asks for. A finance region is served on its own host only, and that
 * host serves no other region. A host on this machine serves all of them.
 *
 * @throws CloudError
 * @see https://intl.cloud.tencent.com/document/api/239/32064
 */
export function findRegion(regions: Regions, name: string, host: string): Region {
  const region = regions.get(name);
  if (!region || !isServedOn(name, parseVendorHost(host))) {
    throw new CloudError("UnsupportedRegion", "The specified region is not supported.");
  }
  return region;
}

/** Returns the region as a caller sees it: another Tencent Cloud account has neither instances nor tasks there. */
export const restrictToCaller = ({ accountId }: Caller, region: Region): Region =>
  accountId === ownAccountId ? region : { ...region, instances: new Map(), tasks: new Tasks(0, () => 0, region.clock) };

function isServedOn(region: string, host: VendorHost | undefined): boolean {
  if (!host) return true;
  const hostRegion = host.region?.toLowerCase();
  if (isFinance(region) || (hostRegion && isFinance(hostRegion))) return hostRegion === region;
  // The host of another region is only a closer entry point.
  return true;
}

const isFinance = (region: string): boolean => region.endsWith("-fsi");
