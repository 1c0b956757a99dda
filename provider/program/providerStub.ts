/* eslint-disable @typescript-eslint/require-await, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-explicit-any,
   @typescript-eslint/restrict-plus-operands -- every byte of the function below is stored with each resource */
import type { dynamic } from "@pulumi/pulumi";

/**
 * The one object that Pulumi serializes, and stores with every resource: its text is a contract for ever, and a
 * test holds its hash. So it only loads the handlers by the package's name. `configure` comes first in every
 * process, and puts them in its own place. Bundlers rewrite `require`, but not a function that is made at run time; Pulumi
 * starts the process in the program's folder.
 *
 * Where the package is gone, `delete` still succeeds, since it touches nothing, and all else fails: Pulumi would
 * take a missing `check` for consent to record the password, and a missing `update` for a success.
 */
export const providerStub = {
  async configure(req) {
    try {
      const load = process.getBuiltinModule("module").createRequire(process.cwd() + "/");
      Object.assign(this, load("pulumi-tencentcloud-redis/handlers")).configure(req);
    } catch (error: any) {
      error.message = "Install pulumi-tencentcloud-redis, it cannot be loaded: " + error.message.split("\n")[0];
      error.stack = "";
      const check = () => Promise.reject(error as Error);
      Object.assign(this, { check, diff: check, create: check, read: check, update: check, delete() {} });
    }
  },
} as dynamic.ResourceProvider;
