import { type Recorded, createResource } from "../support/operations";
import { PluginProvider } from "../support/pluginProvider";
import type { Properties } from "../support/struct";
import { TestCloud } from "../support/testCloud";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const other = "Battery-staple-8";
const args = {
  instanceId: "crs-one",
  password: "Correct-horse-7",
  region: "ap-guangzhou",
  triggers: { month: "1" },
};

let cloud: TestCloud;
let plugin: PluginProvider;
let recorded: Recorded;
beforeAll(async () => {
  cloud = await TestCloud.start({ instances: { "crs-one": "Initial-password-1" } });
  plugin = await PluginProvider.start({ environment: cloud.environment });
  recorded = await createResource(plugin, args);
});
afterAll(() => Promise.all([PluginProvider.stopAll(), cloud.stop()]));

describe("a detailed diff names the properties that the user can act on", () => {
  const reset = { status: "done" };
  test.each<[string, Properties, Properties, Record<string, string>]>([
    ["no change", {}, {}, {}],
    ["another password", { password: other }, reset, { password: "UPDATE" }],
    ["an additional trigger", { triggers: { month: "1", day: "1" } }, reset, { 'triggers["day"]': "ADD" }],
    ["another trigger", { triggers: { month: "2" } }, reset, { 'triggers["month"]': "UPDATE" }],
    ["a removed trigger", { triggers: {} }, reset, { 'triggers["month"]': "DELETE" }],
    ["a trigger with quotes", { triggers: { month: "1", 'a"b': "" } }, reset, { 'triggers["a\\"b"]': "ADD" }],
    // Pulumi could not parse that path, and would refuse the diff.
    ["a trigger that ends in a backslash", { triggers: { month: "1", "a\\": "" } }, reset, { triggers: "UPDATE" }],
    [
      "two triggers and the password",
      { password: other, triggers: { month: "2", day: "1" } },
      reset,
      { password: "UPDATE", 'triggers["month"]': "UPDATE", 'triggers["day"]': "ADD" },
    ],
    ["triggers not known yet", { triggers: unknown }, reset, { triggers: "UPDATE" }],
    ["another instance", { instanceId: "crs-two" }, reset, { instanceId: "UPDATE_REPLACE" }],
    ["another region", { region: "ap-beijing" }, reset, { region: "UPDATE_REPLACE" }],
    ["an account", { account: "app" }, reset, { account: "ADD_REPLACE" }],
    ["another account", { account: "web" }, { account: "app" }, { account: "UPDATE_REPLACE" }],
    ["a removed account", {}, { account: "app" }, { account: "DELETE_REPLACE" }],
    ["root as the name of the default account", { account: "root" }, reset, {}],
    ["drift", {}, { status: "drifted", reason: "drift" }, { password: "UPDATE" }],
    ["a pending reset", {}, { status: "pending" }, { status: "UPDATE of an output" }],
    [
      "a trigger that only the pending reset has",
      {},
      { status: "pending", sentTriggers: { month: "1", day: "1" } },
      { 'triggers["day"]': "DELETE" },
    ],
    ["another password after a pending reset", { password: other }, { status: "pending" }, { password: "UPDATE" }],
  ])("for %s", async (_, changes, changedState, detailed) => {
    const { id, inputs, outputs } = recorded;
    const { inputs: news } = await plugin.check(inputs, { ...args, ...changes });
    const found = await plugin.diff(id, { ...outputs, ...changedState }, news);
    expect(found).toMatchObject({ detailed, hasDetails: true });
    const isReplaced = Object.values(detailed).some((kind) => kind.endsWith("REPLACE"));
    expect(found.replaces).toEqual(isReplaced ? Object.keys(detailed) : []);
    // Of a map only the whole.
    const inputsThatDiffer = new Set(Object.keys(detailed).map((name) => name.split("[")[0]));
    expect(found.diffs).toEqual([...inputsThatDiffer]);
    expect(found.changes).toBe(Object.keys(detailed).length > 0 ? "some" : "none");
  });
});
