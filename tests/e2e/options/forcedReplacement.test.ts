import { type Fixture, shown } from "../support/fixture";
import { declaring, deleted, first, onlyOne, outcome, second, twoInstances } from "../support/outcome";

/** One stack; each step goes on where the one before stopped. */
describe("a replacement of the same instance", () => {
  let fixture: Fixture;

  beforeAll(async () => {
    fixture = await twoInstances('set("cache", {}, { replacementTrigger: "1" })');
    await fixture.up(first);
  });
  afterAll(() => fixture.dispose());

  it.each([
    ["--replace", ["--replace", "**::cache"], "1", first, 2],
    ["--target-replace, with another password", ["--target-replace", "**::cache"], "1", second, 3],
    ["a changed replacementTrigger", [], "2", second, 4],
  ])("by %s sets the program's password once", async (_, args, trigger, password, resets) => {
    fixture.write("index.js", declaring(`set("cache", {}, { replacementTrigger: "${trigger}" })`));
    const up = shown(await fixture.up(password, {}, args));
    expect(up).toMatch(/\+-1 replaced/);
    expect(up).toContain(deleted("crs-5a4py64p"));
    expect(await outcome(fixture)).toEqual({
      resets,
      accepts: onlyOne(password),
      recorded: [`cache: crs-5a4py64p by task ${16656 + resets}`],
    });
  });

  it("by pulumi state taint sets the program's password once, and the next up nothing", async () => {
    const { urn } = await fixture.cache();
    expect(await fixture.pulumi(["state", "taint", urn, "--yes"])).toMatchObject({ code: 0 });
    expect(shown(await fixture.up(first))).toMatch(/\+-1 replaced/);
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect(await outcome(fixture)).toEqual({
      resets: 5,
      accepts: onlyOne(first),
      recorded: ["cache: crs-5a4py64p by task 16661"],
    });
  });
});
