import { type Fixture, shown } from "../support/fixture";
import { declaring, deleted, first, onlyOne, outcome, second, twoInstances } from "../support/outcome";
import { step } from "../../support/step";

const project = "urn:pulumi:test::e2e::";
const type = "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword";
const inGroup = 'const group = new pulumi.ComponentResource("e2e:Group", "group");';

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a renamed resource keeps its state if an alias or the state says so, otherwise it is a new one", async () => {
  fixture = await twoInstances('set("cache")');
  await fixture.up(first);

  const aliases = [
    ["with an alias of the old name", 'set("named", {}, { aliases: [{ name: "cache" }] })', `${type}::named`],
    [
      "with an alias of the old parent, below a component",
      `${inGroup} set("named", {}, { parent: group, aliases: [{ parent: pulumi.rootStackResource }] })`,
      `e2e:Group$${type}::named`,
    ],
    [
      "with an alias of the old URN, out of the component again",
      `set("moved", {}, { aliases: ["${project}e2e:Group$${type}::named"] })`,
      `${type}::moved`,
    ],
  ] as const;
  for (const [which, body, urn] of aliases)
    await step(`is the same ${which}: nothing is reset`, async () => {
      const { outputs } = await fixture.cache();
      fixture.write("index.js", declaring(body));
      expect(await fixture.up(first)).toMatchObject({ code: 0 });
      expect(await fixture.cache()).toMatchObject({ urn: project + urn, outputs });
      expect(await outcome(fixture)).toEqual({
        resets: 1,
        accepts: onlyOne(first),
        recorded: [`${urn.split("::")[1] ?? ""}: crs-5a4py64p by task 16657`],
      });
    });

  await step("is the same after pulumi state rename: nothing is reset", async () => {
    const { urn, outputs } = await fixture.cache();
    expect(await fixture.pulumi(["state", "rename", urn, "renamed", "--yes"])).toMatchObject({ code: 0 });
    fixture.write("index.js", declaring('set("renamed")'));
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect((await fixture.cache()).outputs).toEqual(outputs);
    expect(await outcome(fixture)).toEqual({
      resets: 1,
      accepts: onlyOne(first),
      recorded: ["renamed: crs-5a4py64p by task 16657"],
    });
  });

  await step("and another password at once is reset once, as an update", async () => {
    fixture.write("index.js", declaring('set("other", {}, { aliases: [{ name: "renamed" }] })'));
    expect(shown(await fixture.up(second))).toMatch(/~ 1 updated/);
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: onlyOne(second),
      recorded: ["other: crs-5a4py64p by task 16658"],
    });
  });

  await step("without an alias is a new one: it sets the same password again, and the old one is deleted", async () => {
    fixture.write("index.js", declaring('set("fresh")'));
    const up = shown(await fixture.up(second));
    expect(up).toMatch(/\+ 1 created\s+- 1 deleted/);
    expect(up).toContain(deleted("crs-5a4py64p"));
    expect(await outcome(fixture)).toEqual({
      resets: 3,
      accepts: onlyOne(second),
      recorded: ["fresh: crs-5a4py64p by task 16659"],
    });
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);
  });

  await step("and another instance at once is replaced under the new name", async () => {
    const body = 'set("last", { instanceId: "crs-other" }, { aliases: [{ name: "fresh" }] })';
    fixture.write("index.js", declaring(body));
    expect(shown(await fixture.up(first))).toMatch(/\+-1 replaced/);
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": second, "crs-other": first },
      recorded: ["last: crs-other by task 16660"],
    });
  });
});
