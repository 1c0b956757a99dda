import { createRequire } from "node:module";

/** Loads what belongs to Pulumi and not to this project: the very copy that Pulumi's own modules use. */
export const requireOfPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
