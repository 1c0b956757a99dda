/**
 * What a test imports from `pulumi-tencentcloud-redis/local-cloud`, to rehearse a rotation on its own machine.
 *
 * @packageDocumentation
 */

export type { RequestRecord } from "./answerApi";
export type { LocalInstance } from "./createCloud";
export { type LocalCloud, startLocalCloud } from "./localCloud";
export type { InstanceOptions, LocalCloudOptions, OtherAccountOptions, TemporaryKeyOptions } from "./options";
export type { FaultKind } from "./parseFault";
export type { PasswordTime } from "./regions";
