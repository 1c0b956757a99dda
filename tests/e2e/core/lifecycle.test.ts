import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a password is set, changed, set again and left on the instance, by one reset each, and is never shown", async () => {
  fixture = await Fixture.create(program());

  await step("is set by the first up", async () => {
    expect(await fixture.auth(first)).toBe(false);
    const up = await fixture.up(first);
    expect(up).toMatchObject({ code: 0 });
    expect(shown(up)).toMatch(/taskId: 16657/);
    expect(await fixture.auth(first)).toBe(true);
    expect(fixture.resets).toBe(1);
  });

  await step("is recorded with its outputs, and without the password", async () => {
    const cache = await fixture.cache();
    expect(cache.id).toBe("ap-guangzhou/crs-5a4py64p");
    expect(cache.outputs).toMatchObject({
      instanceId: "crs-5a4py64p",
      region: "ap-guangzhou",
      taskId: 16657,
      requestId: fixture.requests.find(({ action }) => action === "ResetPassword")?.requestId,
      resetAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
    expect(Object.keys(cache.outputs ?? {})).not.toContain("password");
  });

  await step("keeps even its fingerprint secret", async () => {
    const { inputs, outputs } = await fixture.cache();
    // The mark that Pulumi puts on a secret value.
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    expect(inputs?.password).toMatchObject(secret);
    expect(outputs?.passwordFingerprint).toMatchObject(secret);
  });

  await step("is not reset by an up without a change", async () => {
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  const unchanged: readonly (readonly [what: string, source: string, environment: NodeJS.ProcessEnv])[] = [
    ["a changed timeout alone", program({ timeoutSeconds: 30 }), {}],
    ["credentials of another name", program(), { TENCENTCLOUD_SECURITY_TOKEN: "token" }],
    [
      "another machine with other settings",
      program(),
      { TENCENTCLOUD_REGION: "ap-shanghai", TENCENTCLOUD_SECRET_ID: "x" },
    ],
    ["another machine without any", program(), { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "" }],
  ];
  for (const [what, source, environment] of unchanged) {
    await step(`is not reset by ${what}`, async () => {
      fixture.write("index.js", source);
      expect(shown(await fixture.preview(first, environment, ["--expect-no-changes"]))).toMatch(/2 unchanged/);
      expect(shown(await fixture.up(first, environment))).toMatch(/2 unchanged/);
      expect(fixture.resets).toBe(1);
    });
  }
  fixture.write("index.js", program());

  await step("previews a change in one line, and touches nothing", async () => {
    const preview = shown(await fixture.preview(second));
    expect(preview).toContain("crs-5a4py64p: the password will be reset (password changed)");
    expect(preview).toMatch(/~ 1 to update/);
    expect(fixture.resets).toBe(1);
    expect(await fixture.auth(first)).toBe(true);
  });

  await step("is reset by an up with another one", async () => {
    expect(shown(await fixture.up(second))).toMatch(/taskId: 16657 => 16658/);
    expect(await fixture.auth(first)).toBe(false);
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
  });

  await step("is reset to the same one by a changed trigger", async () => {
    fixture.write("index.js", program({ triggers: { rotation: "2" } }));
    const up = shown(await fixture.up(second));
    expect(up).toContain("crs-5a4py64p: the password will be reset (trigger rotation changed)");
    expect(fixture.resets).toBe(3);
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(3);
  });

  await step("is not reset by refreshes", async () => {
    expect(shown(await fixture.pulumi(["refresh", "--yes"]))).toMatch(/2 unchanged/);
    expect(shown(await fixture.up(second, {}, ["--refresh"]))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(3);
  });

  await step("stays with the instance after a destroy", async () => {
    const destroy = shown(await fixture.pulumi(["destroy", "--yes"]));
    expect(destroy).toContain("crs-5a4py64p: deleting the resource does not change the instance or its password");
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(3);
  });

  await step("was never shown", () => {
    expect(fixture.output).not.toContain(first);
    expect(fixture.output).not.toContain(second);
  });
});

it("the state holds neither the old nor the new password, with every secret in the clear", async () => {
  fixture = await Fixture.create(program());
  for (const password of [first, second]) {
    expect(await fixture.up(password)).toMatchObject({ code: 0 });
    const state = JSON.stringify(await fixture.state());
    expect(state).toContain("fingerprint v1 ");
    expect(state).not.toContain(first);
    expect(state).not.toContain(second);
  }
});
