import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const unreachable = {
  TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1",
  TENCENTCLOUD_SECRET_ID: "",
  TENCENTCLOUD_SECRET_KEY: "",
};

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a preview needs neither credentials nor the service, accepts unknown values and shows no password", async () => {
  fixture = await Fixture.create(program());

  await step("of a new resource needs neither credentials nor the service", async () => {
    const preview = await fixture.preview("first-Passw0rd", unreachable);
    expect(preview.code).toBe(0);
    expect(shown(preview)).toMatch(/\+ 2 to create/);
    expect(shown(preview)).toMatch(/taskId: \[unknown\]/);
    expectDocumented(preview, "The password will be set");
  });

  await step("of a change needs neither", async () => {
    await fixture.up("first-Passw0rd");
    const preview = await fixture.preview("second-Passw0rd", unreachable);
    expect(preview.code).toBe(0);
    expect(shown(preview)).toMatch(/~ 1 to update/);
    expect(fixture.resets).toBe(1);
  });

  await step("takes values that are not known yet", async () => {
    fixture.write(
      "index.js",
      `
        const pulumi = require("@pulumi/pulumi");
        const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
        class Made extends pulumi.dynamic.Resource {
          constructor(name, props) {
            super({ async create(inputs) { return { id: "made", outs: inputs }; } }, name, { ...props, password: undefined, value: undefined });
          }
        }
        const made = new Made("made", {});
        new RedisInstancePassword("cache", {
          instanceId: "crs-5a4py64p",
          region: "ap-guangzhou",
          password: made.urn.apply(() => "third-Passw0rd"),
          triggers: { made: made.id },
        });
        new RedisInstancePassword("later", { instanceId: made.id, region: made.id, password: "third-Passw0rd", triggers: made.value });
      `,
    );
    const preview = await fixture.preview("");
    expect(shown(preview)).toContain("crs-5a4py64p: the password will be reset");
    expect(shown(preview)).toMatch(/\+ 2 to create/);
    expect(preview.code).toBe(0);
  });

  await step("never showed a password", () => {
    expect(fixture.output).not.toMatch(/-Passw0rd/);
  });
});
