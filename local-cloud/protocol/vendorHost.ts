/** The parts of the vendor's host name: a service and, in some names, a region. */
export interface VendorHost {
  readonly service: string;
  readonly region?: string;
}

/** Parses a Host header. Returns undefined unless the host is one of the vendor's own. */
export const parseVendorHost = (host: string): VendorHost | undefined =>
  vendorHostPattern.exec(host)?.groups as VendorHost | undefined;

const vendorHostPattern =
  /^(?<service>[a-z]+)(?:\.intl)?(?:\.(?<region>[a-z]+-[a-z]+(?:-[a-z0-9]+)*))?\.tencentcloudapi\.com(?::\d+)?$/i;
