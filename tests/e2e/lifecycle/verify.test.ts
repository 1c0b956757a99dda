import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

/** The instance's own address is known only when the cloud runs: the program takes it from the environment. */
const verifying = program({}).replace(
  'RedisInstancePassword("cache", {',
  'RedisInstancePassword("cache", { verify: { host: "127.0.0.1", port: Number(process.env.REDIS_PORT) },',
);

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("with verify, each new password is tried at the instance", async () => {
  const at = (port: number) => ({ REDIS_PORT: String(port) });
  const findPort = (instanceId: string) =>
    fixture.cloud.instances.find((instance) => instance.instanceId === instanceId)?.port ?? 0;

  const instances = { "crs-5a4py64p": undefined, "crs-other": "keeps-1t", "crs-open": "" };
  fixture = await Fixture.create(verifying, { instances });

  await step("a preview connects to nothing", async () => {
    expect(await fixture.preview(first, at(9))).toMatchObject({ code: 0 });
    expect(fixture.requests).toEqual([]);
  });

  await step("a password that the instance accepts is recorded as done, without a warning", async () => {
    const up = await fixture.up(first, at(findPort("crs-5a4py64p")));
    expect(up).toMatchObject({ code: 0 });
    expect(shown(up)).not.toMatch(/warning|verif/i);
    expect((await fixture.cache()).outputs).toMatchObject({ status: "done" });
  });

  await step("another address alone changes nothing", async () => {
    expect(shown(await fixture.up(first, at(9)))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  await step("if the instance is unreachable, the up warns and succeeds", async () => {
    const up = await fixture.up(second, at(9));
    expect(up).toMatchObject({ code: 0 });
    expectDocumented(up, "The password could not be verified");
    expect(shown(up)).toContain("at 127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9");
    expect((await fixture.cache()).outputs).toMatchObject({ status: "done" });
    expect(await fixture.auth(second)).toBe(true);
  });

  const refusals: readonly (readonly [what: string, wrong: string, words: string, heading: EngineTestHeading])[] = [
    [
      "has another password",
      "crs-other",
      "refuses the password: WRONGPASS invalid username-password pair or user is disabled.",
      "The instance refuses the password",
    ],
    [
      "asks for none",
      "crs-open",
      "has no password: ERR AUTH <password> called without any password configured for the default user.",
      "The instance has no password",
    ],
  ];
  for (const [what, wrong, words, heading] of refusals)
    await step(`an instance that ${what} makes the up fail, and the next one sends the password again`, async () => {
      const before = fixture.resets;
      const up = await fixture.up(first, at(findPort(wrong)), ["--refresh"]);
      expect(up.code).not.toBe(0);
      expect(shown(up)).toContain(`Verification failed: 127.0.0.1:${findPort(wrong)} ${words}`);
      expectDocumented(up, heading);
      expect((await fixture.cache()).outputs).toMatchObject({ status: "failed" });

      const right = at(findPort("crs-5a4py64p"));
      expect(await fixture.pulumi(["refresh", "--yes"])).toMatchObject({ code: 0 });
      expect(shown(await fixture.preview(first, right))).toContain(
        "crs-5a4py64p: the password will be reset (the instance has refused the password)",
      );
      expect(await fixture.up(first, right)).toMatchObject({ code: 0 });
      expect(fixture.resets).toBe(before + 2);
      expect(await fixture.auth(first)).toBe(true);
      await fixture.up(second, right);
    });

  await step("never showed a password", async () => {
    expect(fixture.output).not.toMatch(/-Passw0rd/);
    expect(JSON.stringify(await fixture.state())).not.toMatch(/-Passw0rd/);
  });
});
