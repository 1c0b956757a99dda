export { type RedisAddress, RedisInstancePassword, type RedisInstancePasswordArgs } from "./redisInstancePassword";
