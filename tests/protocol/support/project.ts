import path from "node:path";

/** The folder of this repository: a Pulumi project, in which the package is found by its name. */
export const project = path.dirname(require.resolve("pulumi-tencentcloud-redis/package.json"));
