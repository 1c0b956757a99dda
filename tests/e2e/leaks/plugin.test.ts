import { kill, until } from "../../../tools/processes";
import { cacheArgs, shown } from "../support/fixture";
import { aliasOfPlugin } from "../support/plugin";
import { type Scenario, expectSent, expectUp, huntThrough, succeeds, upToAnother } from "../support/scenario";

const scenarios: Readonly<Record<string, Scenario>> = {
  "an import, by the command and by an option, its adoption and a rotation": {
    source: `
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const { IMPORTS, REDIS_ACCOUNT: account, REDIS_PASSWORD: password } = process.env;
      const options = { ...(IMPORTS && { import: "ap-guangzhou/crs-5a4py64p" }) };
      new RedisInstancePassword("cache", { ...${JSON.stringify(cacheArgs)}, account, password }, options);
    `,
    async play(hunt) {
      const type = "tencentcloud-redis:index:RedisInstancePassword";
      const args = [
        "import",
        type,
        "cache",
        "ap-guangzhou/crs-5a4py64p",
        "--yes",
        "--protect=false",
        "--generate-code=false",
      ];
      await succeeds(hunt, ["preview", "--diff"], { IMPORTS: "1" });
      const imported = await succeeds(hunt, args);
      expect(shown(imported)).toContain("password: is required after an import: give the instance's current password");
      await upToAnother(hunt, /The input account differs from the imported resource/, { REDIS_ACCOUNT: "app" });
      await upToAnother(hunt, undefined, {}, ["--diff"]);
      expect(hunt.fixture.resets).toBe(0);
      await upToAnother(hunt, undefined, {}, ["--json"]);
      expectSent(hunt);
      await succeeds(hunt, ["destroy", "--yes"]);
      await upToAnother(hunt, undefined, { IMPORTS: "1" }, ["--json"]);
      expect(hunt.fixture.resets).toBe(1);
    },
  },

  "a move from the class and back, each tried with --target, and then a resource left out by it": {
    cloud: { instances: { "crs-5a4py64p": undefined, "crs-other": undefined } },
    source: `
      const pulumi = require("@pulumi/pulumi");
      const { RedisInstancePassword } = require(process.env.PACKAGE);
      const password = process.env.REDIS_PASSWORD;
      const options = ${aliasOfPlugin};
      exports.ids = ["crs-5a4py64p", "crs-other"].map((instanceId) => {
        const cache = new RedisInstancePassword(instanceId, { ...${JSON.stringify(cacheArgs)}, instanceId, password }, options);
        return cache.taskId;
      });
    `,
    async play(hunt) {
      const asClass = { PACKAGE: "pulumi-tencentcloud-redis" };
      const asPlugin = { PACKAGE: "./sdk.js" };
      await upToAnother(hunt, undefined, asClass, ["--diff"]);
      for (const environment of [asPlugin, asClass]) {
        hunt.newPassword();
        const target = ["--target", "**::crs-other"];
        await succeeds(hunt, ["preview", "--diff"], environment);
        await expectUp(hunt, /a change of providers mixed with --target/, environment, target);
        await expectUp(hunt, undefined, environment, ["--json"]);
        expectSent(hunt);
        await upToAnother(hunt, undefined, environment, ["--diff", ...target]);
        expectSent(hunt);
        await expectUp(hunt, undefined, environment, ["--diff"]);
        await succeeds(hunt, ["refresh", "--yes", "--diff", "--run-program"], environment);
      }
      expect(hunt.fixture.resets).toBe(10);
    },
  },

  "a run that is canceled while it waits, and completed": {
    async play(hunt) {
      hunt.fixture.cloud.addFault("ResetPassword=task-stuck*1");
      let engine = 0;
      const canceled = upToAnother(hunt, /ResetPassword was interrupted/, {}, [], { onStart: (id) => (engine = id) });
      await until(() => hunt.gate.sent.some(({ action }) => action === "DescribeTaskInfo"));
      kill(engine, "SIGINT");
      await canceled;
      hunt.fixture.cloud.clearFaults();
      await expectUp(hunt, undefined, {}, ["--diff"]);
      expectSent(hunt);
      expect(hunt.fixture.resets).toBe(1);
    },
  },
};

describe("no secret is found anywhere after an operation of the plugin only:", () => {
  huntThrough(scenarios, ["plugin"]);
});
