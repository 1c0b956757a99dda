import path from "node:path";

/** The folder of this repository: by its name, since compiled files stand elsewhere than their sources. */
export const root = path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json"));
