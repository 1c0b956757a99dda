import { standIn } from "../support/frontEnds";
import { PluginProvider } from "../support/pluginProvider";
import { secret } from "../support/struct";
import { TestCloud } from "../support/testCloud";
import { unknownValue } from "../support/unknownValue";

const region = "ap-guangzhou";
const password = "Correct-horse-7";
const imported = { stateVersion: 1, instanceId: "crs-one", region, triggers: {}, status: "done", ...standIn };
const inputs = { instanceId: "crs-one", region };
const id = "ap-guangzhou/crs-one";

let cloud: TestCloud;
let plugin: PluginProvider;
beforeAll(async () => {
  cloud = await TestCloud.start({
    instances: {
      "crs-one": { password, accounts: { app: "App-password-1" } },
      "crs-open": { password: "", accounts: { app: "App-password-1" } },
    },
  });
});
beforeEach(async () => (plugin = await PluginProvider.start({ environment: cloud.environment })));
afterEach(() => PluginProvider.stopAll());
afterAll(() => cloud.stop());

test("an import records the instance without a password, and returns a program's inputs", async () => {
  expect(await plugin.read(id, {})).toEqual({ id, outputs: imported, inputs });
});

test("the default account may be named", async () => {
  expect(await plugin.read(`${id}/root`, {})).toEqual({ id, outputs: imported, inputs });
});

test("an import returns another account", async () => {
  const account = "app";
  expect(await plugin.read(`${id}/app`, {})).toEqual({
    id: `${id}/app`,
    outputs: { ...imported, account },
    inputs: { ...inputs, account },
  });
});

test("an import of an account reports that the default one has no password", async () => {
  await plugin.read("ap-guangzhou/crs-open/app", {});
  expect(plugin.takeLines()).toEqual([
    {
      severity: "warning",
      urn: plugin.urn,
      message: expect.stringMatching(/^crs-open\/app: password-free mode is on: /) as string,
    },
  ]);
});

test("an import records the owner of the instance, if it is known", async () => {
  const withSts = await PluginProvider.start({ environment: cloud.environmentWithSts });
  expect(await withSts.read(id, {})).toMatchObject({ outputs: { ownerAccountId: cloud.accountId } });
});

test.each([
  [
    "ap-guangzhou/crs-none",
    "Import failed: there is no instance crs-none in ap-guangzhou. Check instanceId and region",
  ],
  [
    "ap-guangzhou/crs-open",
    "Import failed: crs-open is in password-free mode and has no password. Create the resource",
  ],
  ["ap-guangzhou/crs-one/none", "Import failed: the instance crs-one has no account none."],
  ["crs-one", "The id must be <region>/<instanceId>, or with /<account>"],
  [
    "127.0.0.1/crs-one",
    "Import failed: region: must be a region such as ap-guangzhou. The id to import is <region>/<instanceId>, or",
  ],
  ["crs-one/app", "Import failed: instanceId: must be the id of an instance such as crs-5a4py64p. The id to import is"],
  ["ap-guangzhou/crs-one/a@b", "Import failed: account: must be the name of an account, without"],
])("an import of %s is refused: %s", async (wrong, message) => {
  await expect(plugin.read(wrong, {})).rejects.toThrow(message);
});

test("an isolated instance is refused", async () => {
  cloud.addFault("DescribeInstances=isolated");
  await expect(plugin.read(id, {})).rejects.toThrow("Import failed: the instance crs-one is isolated. Restore");
  cloud.releaseTasks();
});

test("a lookup with a password is refused, since Pulumi would record it", async () => {
  await expect(plugin.read(id, { ...inputs, password })).rejects.toThrow("leave out the password");
});

test("an import file with a password is refused, since Pulumi would record it", async () => {
  const { inputs: read } = await plugin.read(id, {});
  const withPassword = { ...read, password };
  await expect(plugin.check(withPassword, withPassword)).rejects.toThrow(
    "Import failed: Pulumi would record the password that the import file gives. Leave it out there, and give it in the",
  );
});

test("a password in an older state is replaced by its fingerprint", async () => {
  const { inputs: checked } = await plugin.check({ ...inputs, password }, { ...inputs, password });
  expect(checked).toMatchObject({ password: secret(expect.stringMatching(/^fingerprint v1 /)) });
});

test("the first update of an account adopts it with its password", async () => {
  const { outputs: found, inputs: named } = await plugin.read(`${id}/app`, {});
  const { inputs: news } = await plugin.check(named ?? {}, { ...named, password: "App-password-1" });
  expect(await plugin.diff(`${id}/app`, found, news)).toMatchObject({ detailed: { password: "ADD" }, replaces: [] });
  expect(await plugin.update(`${id}/app`, found, news)).toMatchObject({ outputs: { status: "done", account: "app" } });
  expect(plugin.takeLines().map(({ message }) => message)).toEqual([
    "crs-one/app: will be adopted with its password",
    "crs-one/app: is adopted with its password, nothing was reset",
    "crs-one/app: the password was adopted without proof: AUTH may refuse it. If it does, change the input triggers to send it. If the program still sets onCreate, remove it.",
  ]);
});

test("the first update adopts, as its preview says, with any triggers, and a later change resets", async () => {
  const resets = cloud.resets;
  await plugin.read(id, {});
  const args = { ...inputs, password, triggers: { month: "1" } };
  const { inputs: news } = await plugin.check(inputs, args);
  expect(await plugin.diff(id, imported, news)).toMatchObject({ changes: "some", detailed: { password: "ADD" } });
  expect(plugin.takeLines().map(({ message }) => message)).toEqual(["crs-one: will be adopted with its password"]);
  const { outputs } = await plugin.update(id, imported, news);
  expect(outputs).toMatchObject({ status: "done", triggers: { month: "1" }, unproven: true });
  expect(outputs).toHaveProperty("passwordFingerprint");
  expect(cloud.resets).toBe(resets);
  const { inputs: changed } = await plugin.check(news, { ...args, triggers: { month: "2" } });
  expect(await plugin.update(id, outputs, changed)).toMatchObject({ outputs: { status: "done" } });
  expect(cloud.resets).toBe(resets + 1);
});

describe("before the first update, a program for another account is refused: its password would be reset", () => {
  test.each<[string, object, object, string]>([
    [
      "without the account",
      { account: "app" },
      {},
      "The input account differs from the imported resource ap-guangzhou/crs-one/app",
    ],
    [
      "with another account",
      {},
      { account: "app" },
      "The input account differs from the imported resource ap-guangzhou/crs-one.",
    ],
    [
      "with another instance",
      {},
      { instanceId: "crs-open" },
      "The input instanceId differs from the imported resource",
    ],
    [
      "with another instance after password-free mode was switched on",
      { status: "drifted", reason: "password-free mode is on" },
      { instanceId: "crs-open" },
      "The input instanceId differs from the imported resource",
    ],
    [
      "with another instance and region",
      {},
      { instanceId: "crs-open", region: "ap-beijing" },
      "The inputs instanceId and region differ from the imported resource ap-guangzhou/crs-one. Correct the program, or import " +
        "the resource again with the right id.",
    ],
  ])("%s", async (_, changedState, changes, message) => {
    const { inputs: news } = await plugin.check(inputs, { ...inputs, password, ...changes });
    await expect(plugin.diff(id, { ...imported, ...changedState }, news)).rejects.toThrow(message);
    expect(plugin.takeLines()).toEqual([]);
  });

  test("but not while a preview does not know the instance yet", async () => {
    const { inputs: news } = await plugin.check(inputs, { ...inputs, password, instanceId: unknownValue });
    expect(await plugin.diff(id, imported, news)).toMatchObject({ replaces: ["instanceId"] });
  });
});
