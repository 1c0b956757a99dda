import { CloudError } from "../protocol/cloudError";
import { type VendorHost, parseVendorHost } from "../protocol/vendorHost";
import type { Clock } from "../system/clock";
import type { PasswordTime } from "./accounts";
import { type Caller, ownAccountId } from "./caller";
import type { Instances } from "./instances";
import { Tasks } from "./tasks";

/** A region of this cloud, which shares nothing with other regions. */
export interface Region {
  readonly name: string;
  readonly instances: Instances;
  readonly tasks: Tasks;
  readonly clock: Clock;
  /** The UTC offset, in hours, of the times that its API reads and writes. */
  readonly timeZoneHours: number;
  /** The default for accounts without a value. */
  readonly passwordTime: PasswordTime;
}

export type Regions = ReadonlyMap<string, Region>;

/**
 * Returns the region of a request to a host. A finance region is served only on its own host, which serves no other
 * region. A host on this machine serves all regions.
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

/** Returns the region as a caller sees it: another Tencent Cloud account has no instances or tasks there. */
export const restrictToCaller = ({ accountId }: Caller, region: Region): Region =>
  accountId === ownAccountId ? region : { ...region, instances: new Map(), tasks: new Tasks(0, () => 0, region.clock) };

function isServedOn(region: string, host: VendorHost | undefined): boolean {
  if (!host) return true;
  const hostRegion = host.region?.toLowerCase();
  if (isFinance(region) || (hostRegion && isFinance(hostRegion))) return hostRegion === region;
  // The host of another ordinary region is only a nearer entry point.
  return true;
}

const isFinance = (region: string): boolean => region.endsWith("-fsi");
