/**
 * What a test imports from `pulumi-tencentcloud-redis/local-cloud`, to rehearse a rotation on its own machine.
 *
 * @packageDocumentation
 */

export type { RequestRecord } from "./apiServer";
export {
  type InstanceOptions,
  type LocalCloud,
  type LocalCloudOptions,
  type LocalInstance,
  type TemporaryKeyOptions,
  startLocalCloud,
} from "./localCloud";
export type { FaultKind } from "./parseFault";
export type { PasswordTime } from "./regions";
