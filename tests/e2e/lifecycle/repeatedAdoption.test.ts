import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

const adopting = (name = "cache", args: object = {}) =>
  program({ onCreate: "adopt", ...args }).replace('"cache", {', `"${name}", {`);

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.create(adopting(), { instances: { "crs-5a4py64p": first } });
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
});
afterEach(() => fixture.dispose());

/** The ways to re-create a recorded resource: Pulumi does not report any of them to the provider. */
const recreations: readonly (readonly [string, () => readonly string[] | Promise<readonly string[]>])[] = [
  ["up --replace", async () => ["--replace", (await fixture.cache()).urn]],
  [
    "a tainted resource",
    async () => {
      expect(await fixture.pulumi(["state", "taint", (await fixture.cache()).urn])).toMatchObject({ code: 0 });
      return [];
    },
  ],
  [
    "a new name without an alias",
    () => {
      fixture.write("index.js", adopting("renamed"));
      return [];
    },
  ],
];

it.each(recreations)(
  "%s adopts again: a warning says that this is unproven, and each refresh repeats it",
  async (_, recreate) => {
    const args = await recreate();
    const up = await fixture.up(second, {}, args);
    expect(up).toMatchObject({ code: 0 });
    expectDocumented(up, "An adoption is unproven");
    expect(shown(up)).toContain("warning: the password that was recorded before differs from the adopted one");
    expect(fixture.resets).toBe(0);
    expect((await fixture.cache()).outputs).toMatchObject({ status: "done", unproven: true });
    const refresh = await fixture.pulumi(["refresh", "--yes"]);
    expectDocumented(refresh, "An adoption is unproven");
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);

    // After onCreate is removed, the same way of re-creating it sets the password.
    fixture.write("index.js", program());
    expect(await fixture.up(second, {}, ["--replace", (await fixture.cache()).urn])).toMatchObject({ code: 0 });
    expect(await fixture.auth(second)).toBe(true);
    expect((await fixture.cache()).outputs).not.toHaveProperty("unproven");
  },
);

it("a re-creation that verify refuses fails, and the recorded state stays", async () => {
  const [instance] = fixture.cloud.instances;
  fixture.write("index.js", adopting("cache", { verify: { host: "127.0.0.1", port: instance?.port } }));
  const before = await fixture.cache();
  const up = await fixture.up(second, {}, ["--replace", before.urn]);
  expect(up.code).not.toBe(0);
  expectDocumented(up, "The password to adopt is refused");
  expect((await fixture.cache()).outputs).toEqual(before.outputs);
  expect(fixture.resets).toBe(0);
});

it("a re-creation that verify accepts is proven, and logs no warning", async () => {
  const [instance] = fixture.cloud.instances;
  fixture.write("index.js", adopting("cache", { verify: { host: "127.0.0.1", port: instance?.port } }));
  const up = await fixture.up(first, {}, ["--replace", (await fixture.cache()).urn]);
  expect(up).toMatchObject({ code: 0 });
  expect(shown(up)).not.toContain("crs-5a4py64p: warning:");
  expect((await fixture.cache()).outputs).not.toHaveProperty("unproven");
});
