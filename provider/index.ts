/**
 * What a program imports from `pulumi-tencentcloud-redis`.
 *
 * @packageDocumentation
 */

export {
  type RedisAddress,
  RedisInstancePassword,
  type RedisInstancePasswordArgs,
} from "./program/redisInstancePassword";
