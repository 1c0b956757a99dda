/**
 * What a test imports from `pulumi-tencentcloud-redis/local-cloud`, to rehearse a rotation on its own machine.
 *
 * @packageDocumentation
 */

export type { FaultKind } from "./faults/fault";
export type { PasswordTime, Privilege, ReadonlyPolicy } from "./model/accounts";
export type { RequestRecord } from "./server/requestRecord";
export type { LocalCloud, LocalInstance } from "./setup/localCloud";
export type {
  AccountOptions,
  InstanceOptions,
  LocalCloudOptions,
  OtherAccountOptions,
  TemporaryKeyOptions,
} from "./setup/options";
export { startLocalCloud } from "./setup/startLocalCloud";
