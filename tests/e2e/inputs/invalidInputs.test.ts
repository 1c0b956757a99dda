import { expectDocumented } from "../support/documented";
import { Fixture, shown } from "../support/fixture";
import { findProblems, illFormed } from "../support/illFormed";

/**
 * Returns a program that declares resources with arguments that TypeScript would reject, as a JavaScript program may.
 */
const declaring = (...resources: string[]): string => `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  ${resources.join("\n")}
`;

describe("bad input", () => {
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = await Fixture.create(declaring());
  });
  afterAll(() => fixture.dispose());

  it.each([
    [
      "empty, short, not positive, not a string, and no region anywhere",
      '{ instanceId: "", password: "/Kurz", timeoutSeconds: 0, triggers: { n: 1 } }',
      [
        "instanceId: must be the id of an instance such as crs-5a4py64p",
        "password: must have at least 8 characters",
        "password: must not start with /",
        "region: must be given: as an input, by `pulumi config set tencentcloud-redis:region <region>` or, with an explicit provider, as its region",
        "timeoutSeconds: must be a number of seconds above 0, at most 86400",
        "triggers.n: must be a string",
      ],
    ],
    [
      "ill-formed, of one class, negative",
      JSON.stringify({ ...illFormed, reasons: undefined, timeoutSeconds: -1 }),
      [...illFormed.reasons, "timeoutSeconds: must be a number of seconds above 0, at most 86400"],
    ],
    [
      "missing or misspelt",
      '{ instanceID: "crs-1", region: "ap-guangzhou" }',
      [
        "instanceID: is not an input of RedisInstancePassword",
        "instanceId: must be given, as the id of an instance such as crs-5a4py64p",
        "password: must be given, as a string",
      ],
    ],
    [
      "no arguments at all",
      "undefined",
      [
        "instanceId: must be given, as the id of an instance such as crs-5a4py64p",
        "password: must be given, as a string",
        "region: must be given: as an input, by `pulumi config set tencentcloud-redis:region <region>` or, with an explicit provider, as its region",
      ],
    ],
    [
      "a password read from a file, line break and all",
      '{ instanceId: "crs-1", region: "ap-guangzhou", password: "nureine-Klasse\\n" }',
      [
        "password: must hold printable ASCII only, no white space " +
          "(a line break at the end, as read from a file, is the usual cause)",
      ],
    ],
  ])("is rejected with all reasons at once, before anything is sent: %s", async (_, args, reasons) => {
    fixture.write("index.js", declaring(`new RedisInstancePassword("cache", ${args});`));
    const preview = await fixture.pulumi(["preview"]);
    expect(preview.code).not.toBe(0);
    const up = await fixture.pulumi(["up", "--yes", "--skip-preview"]);
    expect(up.code).not.toBe(0);
    expect(findProblems(up)).toEqual(reasons);
    for (const reason of reasons) expect(shown(preview)).toContain(reason);
    expect(fixture.output).not.toMatch(/Kurz|nureine/);
    expect(fixture.requests).toEqual([]);
  });

  it("shows where else the password occurs, as in docs/troubleshooting.md", async () => {
    const args =
      '{ instanceId: "crs-1", region: "ap-guangzhou", password: "nureine-Klasse", triggers: { n: "nureine-Klasse1" } }';
    fixture.write("index.js", declaring(`new RedisInstancePassword("cache", ${args});`));
    const preview = await fixture.pulumi(["preview"]);
    expect(preview.code).not.toBe(0);
    expectDocumented(preview, "An input holds the password");
    expect(fixture.output).not.toContain("nureine");
  });

  it("includes a second resource for the same instance, and the error names both", async () => {
    const args = '{ instanceId: "crs-5a4py64p", region: "ap-guangzhou", password: "first-Passw0rd" }';
    fixture.write(
      "index.js",
      declaring(`new RedisInstancePassword("cache", ${args});`, `new RedisInstancePassword("session", ${args});`),
    );
    const up = await fixture.pulumi(["up", "--yes"]);
    expect(up.code).not.toBe(0);
    const reason = 'instanceId: "cache" and "session" set the password of the same account: keep one of them';
    expect(shown(up)).toContain(` has a problem: ${reason}`);
    expect(shown(up)).not.toMatch(/\n\s+at /);
    // Without a preview, both fail as early.
    await fixture.pulumi(["up", "--yes", "--skip-preview"]);
    expect(fixture.requests).toEqual([]);
  });

  it.each(["import", "id"])("includes the option %s, which would record the password", async (option) => {
    fixture.write(
      "index.js",
      declaring(
        'const args = { instanceId: "crs-5a4py64p", region: "ap-guangzhou", password: "first-Passw0rd" };',
        `new RedisInstancePassword("cache", args, { ${option}: "ap-guangzhou/crs-5a4py64p" });`,
      ),
    );
    const up = await fixture.pulumi(["up", "--yes"]);
    expect(up.code).not.toBe(0);
    expect(shown(up)).toContain("RedisInstancePassword cannot be imported or looked up");
    expect(shown(up)).not.toMatch(/\n\s+at /);
    expect(JSON.stringify(await fixture.state())).not.toContain("first-Passw0rd");
  });
});
