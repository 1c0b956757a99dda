/* eslint-disable @typescript-eslint/require-await, @typescript-eslint/no-unsafe-call,
   @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-explicit-any,
   @typescript-eslint/restrict-plus-operands -- every byte of the function below is stored with each resource */
import type { dynamic } from "@pulumi/pulumi";

/**
 * The object that Pulumi serializes and stores with every resource. Its text is a permanent contract, and a test checks
 * its hash, so it only loads the handlers by the package's name. Pulumi calls `configure` first in every process, which
 * replaces all methods with those of the handlers. Bundlers rewrite `require`, but not in a function that is created at
 * run time; Pulumi starts the process in the program's folder.
 *
 * If the package is missing, `delete` still succeeds, since it changes nothing, and all other methods fail: Pulumi
 * would treat a missing `check` as consent to record the password, and a missing `update` as a success.
 */
export const providerStub: Readonly<dynamic.ResourceProvider> = {
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
