import { chinaHours } from "../protocol/serviceTime";

/** The default options of a cloud, also shown by the command's help. */
export const defaults = {
  /** The id in the vendor's documentation. */
  instanceId: "crs-5a4py64p",
  region: "ap-guangzhou",
  port: 0,
  temporaryKeySeconds: 7200,
  taskSeconds: 1,
  requestsPerSecond: 20,
  timeZoneHours: chinaHours,
  passwordTime: "kept",
} as const;
