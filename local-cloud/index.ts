export type { RequestRecord } from "./apiServer";
export { type LocalCloud, type LocalCloudOptions, type LocalInstance, startLocalCloud } from "./localCloud";
