import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("an adoption records the instance, and resets nothing until the password changes", async () => {
  const instances = { "crs-5a4py64p": first, "crs-other": second, "crs-open": "" };
  fixture = await Fixture.create(program({ onCreate: "adopt" }), { instances });

  await step("records the instance and resets nothing", async () => {
    const up = await fixture.up(first);
    expect(up).toMatchObject({ code: 0 });
    expect(shown(up)).toContain("crs-5a4py64p: is adopted with its password, nothing was reset");
    expect(fixture.resets).toBe(0);
    const { id, outputs } = await fixture.cache();
    expect(id).toBe("ap-guangzhou/crs-5a4py64p");
    expect(outputs).toMatchObject({ status: "done" });
    expect(outputs).not.toHaveProperty("taskId");
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
  });

  await step("stays one after a refresh, and where the program says otherwise later", async () => {
    expect(shown(await fixture.pulumi(["refresh", "--yes"]))).toMatch(/2 unchanged/);
    fixture.write("index.js", program({ onCreate: "reset" }));
    expect(shown(await fixture.up(first, {}, ["--refresh"]))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(0);
  });

  await step("resets the first password that is changed", async () => {
    fixture.write("index.js", program({ onCreate: "adopt" }));
    expect(shown(await fixture.preview(second))).toContain(
      "crs-5a4py64p: the password will be reset (password changed)",
    );
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(1);
    expect(await fixture.auth(second)).toBe(true);
    expect((await fixture.cache()).outputs).toMatchObject({ taskId: 16657, status: "done" });
  });

  await step("of another instance, by a replacement, resets neither", async () => {
    fixture.write("index.js", program({ onCreate: "adopt", instanceId: "crs-other" }));
    expect(shown(await fixture.preview(second))).toContain(
      "crs-5a4py64p: the resource, not the instance, will be replaced, and another instance will be adopted with its password (instanceId changed)",
    );
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(1);
    expect((await fixture.cache()).id).toBe("ap-guangzhou/crs-other");
  });

  const refusals: readonly (readonly [which: string, instanceId: string, heading: EngineTestHeading])[] = [
    ["that is not there", "crs-gone", "There is nothing to adopt"],
    ["in password-free mode", "crs-open", "There is no password to adopt"],
  ];
  for (const [which, instanceId, heading] of refusals) {
    await step(`of an instance ${which} is refused, and what is recorded stays`, async () => {
      fixture.write("index.js", program({ onCreate: "adopt", instanceId }));
      const up = await fixture.up(second);
      expect(up.code).not.toBe(0);
      expectDocumented(up, heading);
      expect((await fixture.cache()).id).toBe("ap-guangzhou/crs-other");
      expect(fixture.resets).toBe(1);
    });
  }

  await step("is refused where the instance has another password, as far as it can be reached", async () => {
    const port = fixture.cloud.instances.find(({ instanceId }) => instanceId === "crs-other")?.port;
    const verify = { host: "127.0.0.1", port };
    fixture.write("index.js", program({ onCreate: "adopt", instanceId: "crs-5a4py64p", verify }));
    const up = await fixture.up(first);
    expect(up.code).not.toBe(0);
    expectDocumented(up, "The password to adopt is refused");
    expect((await fixture.cache()).id).toBe("ap-guangzhou/crs-other");
    expect(fixture.resets).toBe(1);
  });

  await step("never showed a password", async () => {
    expect(fixture.output).not.toMatch(/-Passw0rd/);
    expect(JSON.stringify(await fixture.state())).not.toMatch(/-Passw0rd/);
  });
});

it("an instance that the same program has just created is adopted with its initial password", async () => {
  const source = `
    const pulumi = require("@pulumi/pulumi");
    const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
    // Stands for the provider that creates instances.
    const instance = new pulumi.dynamic.Resource({ create: async () => ({ id: "crs-5a4py64p", outs: {} }) }, "instance", {});
    new RedisInstancePassword("cache", {
      instanceId: instance.id, region: "ap-guangzhou", password: process.env.REDIS_PASSWORD, onCreate: "adopt",
    });
  `;
  fixture = await Fixture.create(source, { instances: { "crs-5a4py64p": first } });
  expect(await fixture.preview(first)).toMatchObject({ code: 0 });
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  expect(fixture.resets).toBe(0);
  expect(await fixture.up(second)).toMatchObject({ code: 0 });
  expect(fixture.resets).toBe(1);
  expect(await fixture.auth(second)).toBe(true);
});
