import { type Fixture, shown } from "../support/fixture";
import { declaring, deleted, first, onlyOne, outcome, second, twoInstances } from "../support/outcome";
import { step } from "../../support/step";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a forced replacement of the same instance sets the program's password once", async () => {
  fixture = await twoInstances('set("cache", {}, { replacementTrigger: "1" })');
  await fixture.up(first);

  const replacements: readonly (readonly [
    how: string,
    args: string[],
    trigger: string,
    password: string,
    resets: number,
  ])[] = [
    ["--replace", ["--replace", "**::cache"], "1", first, 2],
    ["--target-replace, with another password", ["--target-replace", "**::cache"], "1", second, 3],
    ["a changed replacementTrigger", [], "2", second, 4],
  ];
  for (const [how, args, trigger, password, resets] of replacements)
    await step(`by ${how}`, async () => {
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

  await step("by pulumi state taint, and the next up sets nothing", async () => {
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
