import path from "node:path";

/**
 * The folder of this repository. Resolved by the package's name, since compiled files are in another folder than their
 * sources.
 */
export const root = path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json"));
