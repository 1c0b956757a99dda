export { RedisInstancePassword, type RedisInstancePasswordArgs } from "./redisInstancePassword";
