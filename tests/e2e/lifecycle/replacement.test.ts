import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { authAccepted } from "../../../tools/redisAuth";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const password = "one-Passw0rd";

let fixture: Fixture;
let shanghai: LocalCloud | undefined;
afterEach(async () => {
  await fixture.dispose();
  await shanghai?.stop();
  shanghai = undefined;
});

it("a replacement sets the password of another instance, in its own region, and does not change the old one", async () => {
  fixture = await Fixture.create(program(), { instances: { "crs-5a4py64p": undefined, "crs-other": "keeps-1t" } });
  await fixture.up(password);

  await step("gets the password by a replacement, and the old one is left as it is", async () => {
    fixture.write("index.js", program({ instanceId: "crs-other" }));
    const preview = shown(await fixture.preview(password));
    expect(preview).toContain(
      "crs-5a4py64p: the resource, not the instance, will be replaced, and another instance gets the password (instanceId changed)",
    );
    expect(preview).toMatch(/1 to replace/);
    expect(await fixture.auth("keeps-1t", "crs-other")).toBe(true);

    expect(await fixture.up(password)).toMatchObject({ code: 0 });
    expect(await fixture.auth(password, "crs-other")).toBe(true);
    expect(await fixture.auth(password)).toBe(true);
    expect(fixture.resets).toBe(2);
    expect((await fixture.cache()).id).toBe("ap-guangzhou/crs-other");
  });

  await step(
    "is reached in the recorded region by a forced replacement from a machine with another region set",
    async () => {
      const cache = (await fixture.cache()).urn;
      const elsewhere = { TENCENTCLOUD_REGION: "ap-shanghai" };
      expect(await fixture.up(password, elsewhere, ["--replace", cache])).toMatchObject({ code: 0 });
      expect(fixture.resets).toBe(3);
      expect(fixture.requests.filter(({ code }) => code !== null)).toEqual([]);
    },
  );

  await step("may be one of another region", async () => {
    shanghai = await startLocalCloud({ region: "ap-shanghai", taskSeconds: 0 });
    fixture.write("index.js", program({ region: "ap-shanghai" }));
    const there = {
      TENCENTCLOUD_REDIS_ENDPOINT: shanghai.endpoint,
      TENCENTCLOUD_SECRET_ID: shanghai.secretId,
      TENCENTCLOUD_SECRET_KEY: shanghai.secretKey,
    };
    expect(await fixture.up(password, there)).toMatchObject({ code: 0 });
    expect((await fixture.cache()).id).toBe("ap-shanghai/crs-5a4py64p");
    expect(await authAccepted(shanghai.instances[0]?.port ?? 0, password)).toBe(true);
  });
});

it("the region comes from the stack's config if the program sets none, and is then among the inputs", async () => {
  fixture = await Fixture.create(program({ region: undefined }));
  await fixture.stack.run(["config", "set", "tencentcloud:region", "ap-guangzhou"]);
  expect(await fixture.up(password, { TENCENTCLOUD_REGION: "ap-shanghai" })).toMatchObject({ code: 0 });
  expect((await fixture.cache()).inputs).toMatchObject({ region: "ap-guangzhou" });
});
