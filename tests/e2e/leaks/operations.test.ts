import { randomToken } from "../support/canaries";
import { cacheArgs, program, shown } from "../support/fixture";
import { type Scenario, expectSent, expectUp, huntThrough, succeeds, upToAnother, upWith } from "../support/scenario";

const scenarios: Readonly<Record<string, Scenario>> = {
  "previews and ups, shown in every way": {
    async play(hunt) {
      await succeeds(hunt, ["preview"]);
      await succeeds(hunt, ["preview", "--diff", "--show-secrets", "--save-plan", "shown.json"]);
      await succeeds(hunt, ["preview", "--json"]);
      await succeeds(hunt, ["preview", "--save-plan", "plan.json", "--import-file", "imports.json"]);
      await succeeds(hunt, upWith("--plan", "plan.json"));
      expectSent(hunt);
      for (const args of [["--diff", "--show-secrets"], ["--json"], ["--event-log", "events.json"]]) {
        hunt.newPassword();
        await succeeds(hunt, upWith(...args), { PULUMI_DEBUG_COMMANDS: "1" });
        expectSent(hunt);
      }
    },
  },

  "a refresh, an update with one, with --debug and with profiles, and a destroy": {
    async play(hunt) {
      await upToAnother(hunt);
      await succeeds(hunt, ["refresh", "--yes", "--diff"]);
      await upToAnother(hunt, undefined, {}, ["--refresh", "--debug"]);
      await upToAnother(hunt, undefined, {}, ["--profiling", "profile"]);
      expectSent(hunt);
      await succeeds(hunt, ["stack", "history", "--output", "json", "--show-secrets"]);
      await succeeds(hunt, ["destroy", "--yes", "--json"]);
    },
  },

  // Pulumi's own log of each run also contains the results of newer transforms: see resourceOptions.test.ts.
  "a transformation that sets a plain password, and removes the list of secret outputs": {
    source: `
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const password = process.env.REDIS_PASSWORD;
      const plain = ({ props, opts }) => ({ props: { ...props, password }, opts: { ...opts, additionalSecretOutputs: [] } });
      const args = ${JSON.stringify(cacheArgs)};
      new RedisInstancePassword("cache", { ...args, password }, { transformations: [plain] });
    `,
    async play(hunt) {
      await succeeds(hunt, ["preview", "--diff"]);
      await succeeds(hunt, upWith("--diff"));
      await succeeds(hunt, ["preview", "--diff", "--expect-no-changes"]);
      await succeeds(hunt, ["refresh", "--yes", "--diff"]);
      hunt.fixture.cloud.addFault("ResetPassword=task-fail:out of memory*1");
      await upToAnother(hunt, /out of memory/, {}, ["--diff"]);
      await upToAnother(hunt, undefined, {}, ["--json"]);
      expectSent(hunt);
    },
  },

  "replacements, and ignoreChanges with and without a password to send": {
    cloud: { instances: { "crs-5a4py64p": undefined, "crs-other": undefined } },
    async play(hunt) {
      await upToAnother(hunt);
      hunt.fixture.write("index.js", program({ instanceId: "crs-other" }));
      await upToAnother(hunt, undefined, {}, ["--diff"]);
      expectSent(hunt);
      hunt.fixture.write("index.js", program({ instanceId: "crs-other" }, '{ ignoreChanges: ["password"] }'));
      await upToAnother(hunt);
      hunt.fixture.write("index.js", program({ triggers: { n: "1" } }, '{ ignoreChanges: ["password"] }'));
      await upToAnother(hunt, /but ignoreChanges hides it/);
    },
  },

  "an adoption, and one that verify refuses": {
    source: `
      const pulumi = require("@pulumi/pulumi");
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const verify = process.env.REDIS_PORT && { host: "127.0.0.1", port: Number(process.env.REDIS_PORT) };
      const args = ${JSON.stringify({ ...cacheArgs, onCreate: "adopt" })};
      new RedisInstancePassword("cache", { ...args, verify, password: process.env.REDIS_PASSWORD });
    `,
    async play(hunt) {
      const port = String(hunt.fixture.cloud.instances[0]?.port);
      await upToAnother(hunt, /Adoption failed: .* refuses the password/, { REDIS_PORT: port });
      await upToAnother(hunt);
      expect(hunt.fixture.resets).toBe(0);
    },
  },

  "secrets among triggers, and a password that a preview does not know": {
    source: `
      const pulumi = require("@pulumi/pulumi");
      const { unknown } = require("@pulumi/pulumi/output");
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const later = (value) => pulumi.output(pulumi.runtime.isDryRun() ? unknown : value);
      const password = later(process.env.REDIS_PASSWORD);
      const { TRIGGER, TIMEOUT = "600" } = process.env;
      const triggers = { ...(TRIGGER && { secret: pulumi.secret(TRIGGER) }), later: later("1") };
      const args = { ...${JSON.stringify(cacheArgs)}, timeoutSeconds: Number(TIMEOUT) };
      exports.whole = new RedisInstancePassword("cache", { ...args, password, triggers });
    `,
    async play(hunt) {
      const recorded: string[] = [];
      // Recorded unchanged, but encrypted.
      const expectEncrypted = async () => {
        const state = shown(await succeeds(hunt, ["stack", "export"]));
        for (const TRIGGER of recorded) expect(state).not.toContain(TRIGGER);
      };
      for (const TRIGGER of [randomToken(), randomToken()]) {
        hunt.newPassword();
        await succeeds(hunt, ["preview", "--diff", "--save-plan", "plan.json"], { TRIGGER });
        await expectUp(hunt, undefined, { TRIGGER }, ["--diff"]);
        expectSent(hunt);
        recorded.push(TRIGGER);
        await expectEncrypted();
      }
      // A failed reset records the triggers that it has sent beside those of before.
      for (const TRIGGER of [randomToken(), ""]) {
        if (TRIGGER) recorded.push(TRIGGER);
        hunt.fixture.cloud.addFault("ResetPassword=task-stuck*1");
        await upToAnother(hunt, /ResetPassword timed out/, { TRIGGER, TIMEOUT: "3" }, ["--diff"]);
        await expectEncrypted();
        await succeeds(hunt, ["refresh", "--yes"]);
        await expectEncrypted();
        hunt.fixture.cloud.clearFaults();
        await upToAnother(hunt, undefined, { TRIGGER });
        await expectEncrypted();
      }
    },
  },

  "a custom account: verified, refused, failed, lost, replaced and adopted": {
    cloud: { instances: { "crs-5a4py64p": { accounts: { app: undefined, jobs: undefined } } } },
    source: `
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const verify = { host: "127.0.0.1", port: Number(process.env.REDIS_PORT) };
      const { REDIS_ACCOUNT: account, REDIS_PASSWORD: password, ON_CREATE: onCreate } = process.env;
      new RedisInstancePassword("cache", { ...${JSON.stringify(cacheArgs)}, account, password, verify, onCreate });
    `,
    async play(hunt) {
      const { cloud } = hunt.fixture;
      const environment = { REDIS_PORT: String(cloud.instances[0]?.port), REDIS_ACCOUNT: "app" };
      hunt.account = "app";
      await upToAnother(hunt, undefined, environment, ["--diff"]);
      expectSent(hunt);
      cloud.addFault("ModifyInstanceAccount=task-fail:out of memory*1");
      await upToAnother(hunt, /out of memory/, environment, ["--json"]);
      cloud.addFault("ModifyInstanceAccount=drop-response*1");
      await upToAnother(hunt, undefined, environment, ["--refresh", "--debug"]);
      await upToAnother(hunt, /has no account missing/, { ...environment, REDIS_ACCOUNT: "missing" });
      const others = { ...environment, REDIS_ACCOUNT: "jobs", ON_CREATE: "adopt" };
      hunt.account = "jobs";
      await upToAnother(hunt, /Adoption failed: .* refuses the password/, others);
      await expectUp(hunt, undefined, { ...others, ON_CREATE: "reset" }, ["--diff"]);
      expectSent(hunt);
    },
  },

  "a password in a field where it does not belong, and in ill-formed resources": {
    source: `
      const pulumi = require("@pulumi/pulumi");
      const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
      const password = pulumi.secret(process.env.REDIS_PASSWORD);
      const good = { ...${JSON.stringify(cacheArgs)}, password };
      const declare = (name, args, options) => new RedisInstancePassword(name, { ...good, ...args }, options);
      const resources = {
        fields: () => {
          declare("instanceId", { instanceId: password });
          declare("region", { region: password });
          declare("verify", { verify: { host: "redis", port: password } });
          declare("timeout", { timeoutSeconds: password, triggers: password, onCreate: password });
          declare("unknown", { user: password, triggers: { n: { nested: password } } });
          declare("line break", { password: pulumi.interpolate\`\${password}\\n\` });
          declare("twice", { password: pulumi.interpolate\`\${password}\${password}\${password}\` });
          declare("list", { password: [password] });
        },
        swapped: () => {
          declare("one", { instanceId: password, password: "crs-5a4py64p" });
          declare("two", { instanceId: password, password: "crs-5a4py64p" });
        },
        import: () => declare("cache", {}, { import: "ap-guangzhou/crs-5a4py64p" }),
        get: () => declare("cache", {}, { id: password }),
      };
      resources[process.env.RESOURCES]();
    `,
    async play(hunt) {
      await upToAnother(hunt, /has a problem/, { RESOURCES: "fields" }, ["--diff"]);
      await upToAnother(hunt, /has a problem/, { RESOURCES: "swapped" }, ["--json"]);
      const isPlugin = hunt.frontEnd === "plugin";
      await upToAnother(hunt, isPlugin ? undefined : /cannot be imported/, { RESOURCES: "import" });
      // Pulumi's own log of each run also contains looked-up resources: with the plugin, Pulumi performs the lookup
      // itself.
      if (!isPlugin) await upToAnother(hunt, /cannot be imported/, { RESOURCES: "get" });
      await hunt.run(["preview", "--diff"], { RESOURCES: "fields" });
    },
  },
};

describe("no secret is found anywhere after", () => {
  huntThrough(scenarios);
});
