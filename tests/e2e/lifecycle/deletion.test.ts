import { expectDocumented } from "../support/documented";
import { type Fixture, shown } from "../support/fixture";
import { declaring, deleted, first, onlyOne, outcome, second, twoInstances } from "../support/outcome";
import { step } from "../../support/step";

const destroy = ["destroy", "--yes", "--skip-preview"];
const up = ["up", "--yes", "--skip-preview"];

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a resource with protect is neither deleted nor replaced, and still gets another password", async () => {
  const body = 'set("cache", {}, { protect: true })';

  fixture = await twoInstances(body);
  await fixture.up(first);

  const refusals = [
    ["a destroy", destroy, body, "because it is protected"],
    ["an up without it", up, "", "because it is protected"],
    [
      "a replacement by another instance",
      up,
      'set("cache", { instanceId: "crs-other" }, { protect: true })',
      "as it is currently marked for protection",
    ],
    ["a forced replacement", [...up, "--replace", "**::cache"], body, "as it is currently marked for protection"],
  ] as const;
  for (const [what, command, source, reason] of refusals)
    await step(`refuses ${what}, and nothing is touched`, async () => {
      fixture.write("index.js", declaring(source));
      const refused = await fixture.pulumi(command, { REDIS_PASSWORD: second });
      expect(refused.code).not.toBe(0);
      expect(shown(refused)).toContain(reason);
      expect(shown(refused)).not.toContain(deleted("crs-5a4py64p"));
      expect(await outcome(fixture)).toEqual({
        resets: 1,
        accepts: onlyOne(first),
        recorded: ["cache: crs-5a4py64p by task 16657"],
      });
    });

  await step("still gets another password", async () => {
    fixture.write("index.js", declaring(body));
    expect(shown(await fixture.up(second))).toMatch(/~ 1 updated/);
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: onlyOne(second),
      recorded: ["cache: crs-5a4py64p by task 16658"],
    });
  });

  await step("is destroyed after pulumi state unprotect, and the instance keeps its password", async () => {
    const { urn } = await fixture.cache();
    expect(await fixture.pulumi(["state", "unprotect", urn, "--yes"])).toMatchObject({ code: 0 });
    const destroyed = await fixture.pulumi(destroy);
    expect(destroyed).toMatchObject({ code: 0 });
    expect(shown(destroyed)).toContain(deleted("crs-5a4py64p"));
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: onlyOne(second),
      recorded: [],
    });
  });
});

it("a resource with retainOnDelete is replaced and destroyed without a delete, and all passwords stay", async () => {
  fixture = await twoInstances('set("cache", {}, { retainOnDelete: true })');
  await fixture.up(first);

  await step("is replaced without a delete, and both instances have their password", async () => {
    fixture.write("index.js", declaring('set("cache", { instanceId: "crs-other" }, { retainOnDelete: true })'));
    const replaced = shown(await fixture.up(second));
    expect(replaced).toMatch(/\+-1 replaced/);
    expect(replaced).not.toContain("deleting the resource");
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
      recorded: ["cache: crs-other by task 16658"],
    });
  });

  await step("leaves the state on a destroy without a delete, and the password stays", async () => {
    const destroyed = await fixture.pulumi(destroy);
    expect(destroyed).toMatchObject({ code: 0 });
    expect(shown(destroyed)).not.toContain("deleting the resource");
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
      recorded: [],
    });
  });
});

it("a destroyed stack leaves the passwords, and sets each once when it is created again", async () => {
  fixture = await twoInstances('const a = set("a"); set("b", { instanceId: "crs-other" }, { deletedWith: a })');
  await fixture.up(first);

  await step("leaves the passwords, and deletes nothing that has deletedWith", async () => {
    const destroyed = shown(await fixture.pulumi(destroy));
    expect(destroyed).toContain(deleted("crs-5a4py64p"));
    expect(destroyed).not.toContain(deleted("crs-other"));
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: [],
    });
  });

  await step("comes back with an up, which sets each password once more", async () => {
    expect(await fixture.up(first)).toMatchObject({ code: 0 });
    const back = {
      resets: 4,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: ["a: crs-5a4py64p by task 16659", "b: crs-other by task 16660"],
    };
    expect(await outcome(fixture)).toEqual(back);
    expect(shown(await fixture.up(first))).toMatch(/3 unchanged/);
    expect(await outcome(fixture)).toEqual(back);
  });
});

it.each(["class", "plugin"] as const)(
  "a failed renaming that is taken back fails until a refresh, since the instance has the new password: the %s",
  async (frontEnd) => {
    fixture = await twoInstances('set("cache")', frontEnd);
    await fixture.up(first);

    fixture.write("index.js", declaring('set("renamed"); set("broken", { instanceId: "crs-missing" })'));
    expect((await fixture.up(second)).code).not.toBe(0);
    expect((await outcome(fixture)).accepts).toEqual(onlyOne(second));

    fixture.write("index.js", declaring('set("cache")'));
    for (let times = 0; times < 2; times++) {
      const refused = await fixture.up(first);
      expect(refused.code).not.toBe(0);
      expectDocumented(refused, "The deleted resource may have set the password");
    }
    expect(await fixture.up(first, {}, ["--refresh"])).toMatchObject({ code: 0 });
    expect(await outcome(fixture)).toMatchObject({
      accepts: onlyOne(first),
      recorded: [expect.stringMatching(/^cache: crs-5a4py64p by task \d+$/)],
    });
  },
);
