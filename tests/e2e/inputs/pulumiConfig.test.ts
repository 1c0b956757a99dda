import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const fromConfig = program().replace(
  "process.env.REDIS_PASSWORD",
  'new pulumi.Config().requireSecret("redisPassword")',
);

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("password and credentials from the stack's config set the password, and only Pulumi itself records them", async () => {
  fixture = await Fixture.create(fromConfig);
  const { cloud } = fixture;
  for (const [name, value] of [
    ["tencentcloud-redis:endpoint", cloud.endpoint],
    // The names of the tencentcloud provider, as in a stack that uses both.
    ["tencentcloud:secretId", cloud.secretId],
    ["tencentcloud:secretKey", cloud.secretKey],
  ] as const) {
    await fixture.stack.run(["config", "set", "--secret", name, value]);
  }

  /** The environment has no variable of the cloud. */
  const up = async (password: string) => {
    await fixture.stack.run(["config", "set", "--secret", "redisPassword", password]);
    return fixture.stack.run(["up", "--yes"]);
  };

  await step("set the password, and change it", async () => {
    expect(await up(first)).toMatchObject({ code: 0 });
    expect(await fixture.auth(first)).toBe(true);
    const changed = await up(second);
    expect(shown(changed)).toContain("crs-5a4py64p: the password will be reset (password changed)");
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
    expect(shown(changed)).not.toMatch(/-Passw0rd/);
  });

  await step("are recorded by Pulumi itself in the default provider, and nowhere else", async () => {
    const resources = await fixture.resources();
    const isDefaultProvider = ({ type }: { type: string }) => type === "pulumi:providers:pulumi-nodejs";
    const others = JSON.stringify(resources.filter((resource) => !isDefaultProvider(resource)));
    for (const secret of [first, second, fixture.cloud.secretKey]) expect(others).not.toContain(secret);
    // The README warns of this. If Pulumi stops doing it, the README must be changed.
    expect(JSON.stringify(resources.filter(isDefaultProvider))).toContain(second);
  });
});

describe("settings in the stack's config that are not supported", () => {
  beforeEach(async () => {
    fixture = await Fixture.create(program());
    expect(await fixture.up(first)).toMatchObject({ code: 0 });
  });

  const old = "is not supported: rename it to tencentcloud-redis:";
  const names =
    "region, secretId, secretKey, securityToken, profile, sharedCredentialsDir, credentialsFile, assumeRole, " +
    "assumeRoleWithWebIdentity, camRoleName, ";

  it.each<[EngineTestHeading, Record<string, string>, string[]]>([
    [
      "A setting has another name",
      { "tencentcloud:endpoint": "http://127.0.0.1:1", "tencentcloud:stsEndpoint": "http://127.0.0.1:1" },
      [`Config tencentcloud:endpoint ${old}endpoint`, `Config tencentcloud:stsEndpoint ${old}stsEndpoint`],
    ],
    [
      "A setting is unknown",
      { "tencentcloud-redis:endpont": "http://c4nary.invalid" },
      [`Config tencentcloud-redis:endpont is unknown: use one of ${names}domain, protocol, endpoint, stsEndpoint`],
    ],
  ])("fail a preview, an up and an up with refresh before any request: %s", async (heading, config, errors) => {
    const sent = fixture.requests.length;
    for (const [name, value] of Object.entries(config)) await fixture.pulumi(["config", "set", name, value]);
    const results = [
      await fixture.preview(second),
      await fixture.up(second),
      await fixture.up(second, {}, ["--refresh", "--run-program"]),
    ];
    for (const name of Object.keys(config)) await fixture.pulumi(["config", "rm", name]);
    for (const result of results) {
      expect(result.code).not.toBe(0);
      expectDocumented(result, heading);
      for (const error of errors) expect(shown(result)).toContain(error);
      expect(shown(result)).not.toMatch(/127\.0\.0\.1:1\b|c4nary/);
    }
    expect(fixture.requests).toHaveLength(sent);
    expect(await fixture.auth(first)).toBe(true);
  });
});
