import { CloudError } from "../protocol/cloudError";
import type { Clock } from "../system/clock";
import { type Caller, account } from "./account";
import type { Instances } from "./instances";
import { Tasks } from "./tasks";

/** A region of this cloud, which knows nothing of the others. */
export interface Region {
  readonly name: string;
  readonly instances: Instances;
  readonly tasks: Tasks;
  readonly clock: Clock;
  /** How far the times that its API writes and reads are ahead of UTC. */
  readonly timeZoneHours: number;
  readonly passwordTime: PasswordTime;
}

/** What becomes of root's PasswordLastModifiedTime when its password changes. */
export type PasswordTime = "kept" | "stays" | "empty";

export type Regions = ReadonlyMap<string, Region>;

/** One of the vendor's own hosts: of a service, and perhaps of a region. */
export interface VendorHost {
  readonly service: string;
  readonly region?: string;
}

const vendorHostPattern =
  /^(?<service>[a-z]+)(?:\.intl)?(?:\.(?<region>[a-z]+-[a-z]+(?:-[a-z0-9]+)*))?\.tencentcloudapi\.com(?::\d+)?$/i;

/** Which of the vendor's own hosts this is; undefined for any other, as on this machine. */
export const vendorHost = (host: string): VendorHost | undefined =>
  vendorHostPattern.exec(host)?.groups as VendorHost | undefined;

/**
 * The region of a request that was sent to some host. A finance region answers on its own host only, and that host
 * for no other region; a host on this machine stands for all of them.
 *
 * @throws CloudError
 * @see https://intl.cloud.tencent.com/document/api/239/32064
 */
export function findRegion(regions: Regions, name: string, host: string): Region {
  const region = regions.get(name);
  if (!region || !isServedOn(name, vendorHost(host))) {
    throw new CloudError("UnsupportedRegion", "The specified region is not supported.");
  }
  return region;
}

/** A region as a caller sees it: another account has neither instances nor tasks there. */
export const asSeenBy = ({ accountId }: Caller, region: Region): Region =>
  accountId === account ? region : { ...region, instances: new Map(), tasks: new Tasks(0, () => 0, region.clock) };

function isServedOn(region: string, host: VendorHost | undefined): boolean {
  if (!host) return true;
  const hostRegion = host.region?.toLowerCase();
  if (isFinance(region) || (hostRegion && isFinance(hostRegion))) return hostRegion === region;
  // Another region's host is only a nearer way in.
  return true;
}

const isFinance = (region: string): boolean => region.endsWith("-fsi");
