/**
 * What a test imports from `pulumi-tencentcloud-redis/local-cloud`, to rehearse a rotation on its own machine.
 *
 * @packageDocumentation
 */

export type { FaultKind } from "./faults/parseFault";
export type { PasswordTime } from "./model/regions";
export type { RequestRecord } from "./server/answerApi";
export type { LocalInstance } from "./setup/createCloud";
export type { InstanceOptions, LocalCloudOptions, OtherAccountOptions, TemporaryKeyOptions } from "./setup/options";
export { type LocalCloud, startLocalCloud } from "./setup/startLocalCloud";
