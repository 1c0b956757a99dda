import { type Fixture, shown } from "../support/fixture";
import { deleted, first, outcome, second, twoInstances } from "../support/outcome";
import { step } from "../../support/step";

const destroy = ["destroy", "--yes", "--skip-preview"];

const oneAfterTheOther = ["ResetPassword", "DescribeTaskInfo", "ResetPassword", "DescribeTaskInfo"];

/** Returns the requests from a certain one on, in order, without repetitions. */
function actionsSince(fixture: Fixture, start: number): (string | null)[] {
  // Each reset is preceded and followed by reads of other tasks.
  const actions = fixture.requests
    .slice(start)
    .flatMap(({ action }) => (action === "DescribeTaskList" ? [] : [action]));
  return actions.filter((action, index) => action !== actions[index - 1]);
}

let fixture: Fixture;
afterEach(() => fixture.dispose());

describe("of two resources", () => {
  beforeEach(async () => {
    fixture = await twoInstances('set("a"); set("b", { instanceId: "crs-other" })');
    await fixture.up(first);
  });
  it.each([
    ["--target", ["--target", "**::a"]],
    ["--exclude", ["--exclude", "**::b"]],
  ])("only the one in %s is changed, the other one by the next run", async (_, choice) => {
    expect(shown(await fixture.up(second, {}, choice))).toMatch(/~ 1 updated/);
    const chosen = await outcome(fixture);
    expect(chosen).toMatchObject({ resets: 3, accepts: { "crs-5a4py64p": second, "crs-other": first } });

    expect(shown(await fixture.up(second))).toMatch(/~ 1 updated/);
    const all = await outcome(fixture);
    expect(all).toMatchObject({ resets: 4, accepts: { "crs-5a4py64p": second, "crs-other": second } });
    expect(all.recorded.map(tasksOnly).sort()).toEqual(["a by task 16659", "b by task 16660"]);

    const destroyed = shown(await fixture.pulumi([...destroy, ...choice]));
    expect(destroyed).toContain(deleted("crs-5a4py64p"));
    expect(destroyed).not.toContain(deleted("crs-other"));
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": second, "crs-other": second },
      recorded: ["b: crs-other by task 16660"],
    });
  });
});

/** Removes the known instance from the recorded "a: crs-5a4py64p by task 16657". */
const tasksOnly = (line: string): string => line.replace(/: \S+/, "");

it("a resource that depends on another is set after it, and --target selects one of them", async () => {
  fixture = await twoInstances('const a = set("a"); set("b", { instanceId: "crs-other" }, { dependsOn: [a] })');

  await step("is set after it", async () => {
    expect(await fixture.up(first)).toMatchObject({ code: 0 });
    expect(actionsSince(fixture, 0)).toEqual(oneAfterTheOther);
    expect(await outcome(fixture)).toEqual({
      resets: 2,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: ["a: crs-5a4py64p by task 16657", "b: crs-other by task 16658"],
    });
  });

  await step("is reset after it with --target-dependents", async () => {
    const start = fixture.requests.length;
    const target = ["--target", "**::a", "--target-dependents"];
    expect(shown(await fixture.up(second, {}, target))).toMatch(/~ 2 updated/);
    expect(actionsSince(fixture, start)).toEqual(oneAfterTheOther);
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": second, "crs-other": second },
      recorded: ["a: crs-5a4py64p by task 16659", "b: crs-other by task 16660"],
    });
  });

  await step("is left for the next up by a --target that is the other alone", async () => {
    expect(shown(await fixture.up(first, {}, ["--target", "**::a"]))).toMatch(/~ 1 updated/);
    expect(await outcome(fixture)).toMatchObject({
      resets: 5,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
    });
    expect(shown(await fixture.up(first))).toMatch(/~ 1 updated/);
    expect(await outcome(fixture)).toEqual({
      resets: 6,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: ["a: crs-5a4py64p by task 16661", "b: crs-other by task 16662"],
    });
  });

  await step("keeps a destroy of the other alone from happening, and --target-dependents takes both", async () => {
    const refused = await fixture.pulumi([...destroy, "--target", "**::a"]);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain("will be destroyed but was not specified in --target list");
    expect(await outcome(fixture)).toEqual({
      resets: 6,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: ["a: crs-5a4py64p by task 16661", "b: crs-other by task 16662"],
    });

    const both = await fixture.pulumi([...destroy, "--target", "**::a", "--target-dependents"]);
    expect(both).toMatchObject({ code: 0 });
    expect(await outcome(fixture)).toEqual({
      resets: 6,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: [],
    });
  });
});

describe("a resource with an output of another as its trigger", () => {
  it("is reset after each reset of the other one", async () => {
    const triggers = "{ after: pulumi.interpolate`${a.taskId}` }";
    const body = `const a = set("a"); set("b", { instanceId: "crs-other", triggers: ${triggers} })`;
    fixture = await twoInstances(body);
    await fixture.up(first);
    const start = fixture.requests.length;
    expect(shown(await fixture.up(first, {}, ["--replace", "**::a"]))).toMatch(/~ 1 updated\s+\+-1 replaced/);
    expect(actionsSince(fixture, start)).toEqual(oneAfterTheOther);
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": first, "crs-other": first },
      recorded: ["a: crs-5a4py64p by task 16659", "b: crs-other by task 16660"],
    });
  });
});
