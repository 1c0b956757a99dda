/**
 * The exports of `pulumi-tencentcloud-redis/local-cloud`, for tests that rehearse a rotation on this machine.
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
