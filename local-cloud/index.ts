export type { RequestRecord } from "./apiServer";
export {
  type InstanceOptions,
  type LocalCloud,
  type LocalCloudOptions,
  type LocalInstance,
  type TemporaryKeyOptions,
  startLocalCloud,
} from "./localCloud";
