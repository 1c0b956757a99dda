import { Fixture, shown } from "../support/fixture";
import { declaring, deleted, first, onlyOne, outcome, second, twoInstances, untouched } from "../support/outcome";
import { step } from "../../support/step";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("a failed replacement with deleteBeforeReplace stays pending, and can be completed either way", async () => {
  const on = (instanceId: string) => `set("cache", { instanceId: "${instanceId}" }, { deleteBeforeReplace: true })`;

  fixture = await twoInstances(on("crs-5a4py64p"));
  await fixture.up(first);

  await step("that the new instance refuses has touched nothing, and stays to be done", async () => {
    fixture.write("index.js", declaring(on("crs-missing")));
    const refused = await fixture.up(second);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain("ResourceNotFound.InstanceNotExists");
    expect(shown(refused)).toContain(deleted("crs-5a4py64p"));
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: onlyOne(first),
      recorded: ["cache: crs-5a4py64p by task 16657, to be replaced"],
    });
  });

  await step("is ended by going back to the old instance, which gets the same password once more", async () => {
    fixture.write("index.js", declaring(on("crs-5a4py64p")));
    expect(shown(await fixture.up(first))).toMatch(/\+-1 replaced/);
    expect(await outcome(fixture)).toEqual({
      resets: 3,
      accepts: onlyOne(first),
      recorded: ["cache: crs-5a4py64p by task 16658"],
    });
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
  });

  await step("gives another instance the password, and leaves the old one as it is", async () => {
    fixture.write("index.js", declaring(on("crs-other")));
    expect(shown(await fixture.up(second))).toContain(deleted("crs-5a4py64p"));
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
      recorded: ["cache: crs-other by task 16659"],
    });
  });
});

describe("a replacement whose reset exceeds the program's timeout", () => {
  it.each([
    ["", "{}", ["cache: crs-5a4py64p by task 16657, to be deleted"]],
    [", with deleteBeforeReplace", "{ deleteBeforeReplace: true }", []],
  ])("is completed by the next up, and not sent again%s", async (_, options, old) => {
    fixture = await Fixture.create(declaring(`set("cache", {}, ${options})`), {
      instances: untouched,
    });
    await fixture.up(first);
    // Its task runs until the faults are cleared.
    fixture.cloud.addFault("ResetPassword=task-stuck*1");
    const hurried = `set("cache", { instanceId: "crs-other", timeoutSeconds: 3 }, ${options})`;
    fixture.write("index.js", declaring(hurried));
    expect((await fixture.up(second)).code).not.toBe(0);
    const pending = await outcome(fixture);
    expect(pending).toMatchObject({ resets: 2, recorded: ["cache: crs-other by task 16658", ...old] });

    fixture.cloud.clearFaults();
    fixture.write("index.js", declaring(`set("cache", { instanceId: "crs-other" }, ${options})`));
    expect(await fixture.up(second)).toMatchObject({ code: 0 });
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
      recorded: ["cache: crs-other by task 16658"],
    });
  });
});
