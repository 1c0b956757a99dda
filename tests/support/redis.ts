import { ensureRedisServer } from "../../tools/redisServer";

/** Installs a Redis server where it is missing, before the tests that start one. */
export default ensureRedisServer;
