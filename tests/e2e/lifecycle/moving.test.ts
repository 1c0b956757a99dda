import { step } from "../../support/step";
import { expectDocumentedLines } from "../../support/documentedLines";
import { Fixture, shown } from "../support/fixture";
import { declaring, first, second } from "../support/outcome";
import { aliasOfPlugin, projectFile, projectFiles, withPlugin } from "../support/plugin";

const body = (options = "{}") => `
  set("cache", {}, ${options});
  set("app", { instanceId: "crs-other", account: "app" }, ${options});
`;
const byClass = declaring(body());
const byPlugin = projectFiles(withPlugin(byClass), "plugin");
const byClassAgain = declaring(body(aliasOfPlugin));
const instances = { "crs-5a4py64p": "start-Passw0rd", "crs-other": { accounts: { app: "app-Passw0rd" } } };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.create(byClass, { instances });
  fixture.write("Pulumi.yaml", projectFile("plugin"));
});
afterEach(() => fixture.dispose());

function moveToPlugin(): void {
  for (const [file, text] of byPlugin) fixture.write(file, text);
}

const refresh = (...args: string[]) => fixture.pulumi(["refresh", "--yes", "--skip-preview", ...args]);

const accepted = async (name: string, instanceId: string, password: string): Promise<boolean | undefined> =>
  fixture.cloud.instances.find((instance) => instance.instanceId === instanceId)?.accepts(password, name);

/** Expects that both instances have this password, and how often it was set. */
async function expectSet(password: string, times: number): Promise<void> {
  expect(await accepted("root", "crs-5a4py64p", password)).toBe(true);
  expect(await accepted("app", "crs-other", password)).toBe(true);
  const sent = fixture.requests.filter(({ action }) => /^(ResetPassword|ModifyInstanceAccount)$/.test(`${action}`));
  expect(sent).toHaveLength(2 * times);
}

/** Returns the state as text, without the source positions of resources. */
async function stateText(): Promise<string> {
  const resources = await fixture.resources();
  return JSON.stringify(resources.map(({ urn, inputs, outputs }) => ({ urn, inputs, outputs })));
}

it("a stack of the class moves to the plugin and back, without a reset", async () => {
  await fixture.pulumi(["config", "set", "--secret", "unrelated", "an-unrelated-secret"]);
  expect(await fixture.up(first)).toMatchObject({ code: 0 });
  expect(await stateText()).toContain("an-unrelated-secret");

  await step("to the plugin: nothing changes, and no request is sent", async () => {
    const { length } = fixture.requests;
    moveToPlugin();
    expect(await fixture.preview(first, {}, ["--expect-no-changes"])).toMatchObject({ code: 0 });
    expect(shown(await fixture.up(first))).toMatch(/3 unchanged/);
    expect(fixture.requests).toHaveLength(length);
    const state = await stateText();
    expect(state).not.toContain("an-unrelated-secret");
    expect(state).not.toContain("pulumi-nodejs");
    for (const { inputs } of await fixture.resources()) expect(inputs ?? {}).not.toHaveProperty("__provider");
  });

  await step("a refresh finds no drift, and drops what only the class needs", async () => {
    expect(shown(await refresh("--expect-no-changes"))).toMatch(/3 unchanged/);
    expect(await stateText()).not.toContain("__provider");
    await expectSet(first, 1);
  });

  await step("the plugin changes the passwords", async () => {
    expect(shown(await fixture.up(second))).toMatch(/~ 2 updated/);
    await expectSet(second, 2);
  });

  await step("back to the class: a refresh that runs the program comes too early", async () => {
    fixture.write("index.js", byClassAgain);
    const early = await fixture.pulumi(["refresh", "--run-program", "--preview-only"], { REDIS_PASSWORD: second });
    expect(early.code).not.toBe(0);
    expectDocumentedLines(shown(early), "The provider's code is missing");
    expect(shown(await refresh("--expect-no-changes"))).toMatch(/3 unchanged/);
  });

  await step(
    "back to the class: an update that sends nothing, as its preview says, with or without the plugin",
    async () => {
      const { length } = fixture.requests;
      fixture.write("Pulumi.yaml", projectFile("class"));
      const moves = "crs-other/app: moves from the provider plugin to the class, nothing will be reset";
      expect(shown(await fixture.preview(second))).toContain(moves);
      expect(shown(await fixture.up(second))).toMatch(/~ 2 updated/);
      expect(fixture.requests).toHaveLength(length);
      expect(shown(await fixture.up(second, {}, ["--expect-no-changes"]))).toMatch(/3 unchanged/);
    },
  );

  await step("the class refreshes, changes the passwords and deletes", async () => {
    fixture.write("index.js", byClass);
    expect(shown(await refresh("--expect-no-changes"))).toMatch(/3 unchanged/);
    expect(shown(await fixture.up(first, {}, ["--refresh"]))).toMatch(/~ 2 updated/);
    await expectSet(first, 3);
    expect(await fixture.pulumi(["destroy", "--yes", "--skip-preview"])).toMatchObject({ code: 0 });
    expect(await fixture.resources()).toEqual([]);
    await expectSet(first, 3);
  });
});

it("a stack that the plugin has not changed yet moves back unchanged", async () => {
  const moves = [() => fixture.write("index.js", byClass), moveToPlugin, () => fixture.write("index.js", byClassAgain)];
  for (const move of moves) {
    move();
    expect(await fixture.up(first)).toMatchObject({ code: 0 });
  }
  expect(shown(await fixture.up(first, {}, ["--refresh", "--expect-no-changes"]))).toMatch(/3 unchanged/);
  await expectSet(first, 1);
});

it("a pending reset, or another password, survives the move in either direction", async () => {
  fixture.cloud.addFault("ResetPassword=task-stuck*1");
  const hurried = body().replace("{}, {}", "{ timeoutSeconds: 3 }, {}");
  fixture.write("index.js", declaring(hurried));
  expect(await fixture.up(first)).not.toMatchObject({ code: 0 });
  fixture.cloud.clearFaults();

  moveToPlugin();
  expect(shown(await fixture.up(first))).toMatch(/the last reset will be completed/);
  await expectSet(first, 1);

  fixture.write("index.js", byClassAgain);
  expect(shown(await fixture.up(second))).toMatch(/~ 2 updated/);
  await expectSet(second, 2);
  expect(shown(await refresh("--expect-no-changes"))).toMatch(/3 unchanged/);
});
