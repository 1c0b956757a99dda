import { Fixture, program, shown } from "./support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const fromConfig = program().replace(
  "process.env.REDIS_PASSWORD",
  'new pulumi.Config().requireSecret("redisPassword")',
);

describe("password and credentials from the stack's config", () => {
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = await Fixture.create(fromConfig);
    const { cloud } = fixture;
    for (const [name, value] of [
      ["tencentcloud:endpoint", cloud.endpoint],
      ["tencentcloud:secretId", cloud.secretId],
      ["tencentcloud:secretKey", cloud.secretKey],
    ] as const) {
      await fixture.stack.run(["config", "set", "--secret", name, value]);
    }
  });
  afterAll(() => fixture.dispose());

  /** With no variable of the cloud in the environment. */
  const up = async (password: string) => {
    await fixture.stack.run(["config", "set", "--secret", "redisPassword", password]);
    return fixture.stack.run(["up", "--yes"]);
  };

  it("set the password, and change it", async () => {
    expect(await up(first)).toMatchObject({ code: 0 });
    expect(await fixture.auth(first)).toBe(true);
    const changed = await up(second);
    expect(shown(changed)).toContain("crs-5a4py64p: the password will be reset (password changed)");
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
    expect(shown(changed)).not.toMatch(/-Passw0rd/);
  });

  it("are recorded by Pulumi itself in the default provider, and nowhere else", async () => {
    const resources = await fixture.resources();
    const isDefaultProvider = ({ type }: { type: string }) => type === "pulumi:providers:pulumi-nodejs";
    const others = JSON.stringify(resources.filter((resource) => !isDefaultProvider(resource)));
    for (const secret of [first, second, fixture.cloud.secretKey]) expect(others).not.toContain(secret);
    // What the README warns of. Should Pulumi stop doing so, the README is to say so.
    expect(JSON.stringify(resources.filter(isDefaultProvider))).toContain(second);
  });
});
