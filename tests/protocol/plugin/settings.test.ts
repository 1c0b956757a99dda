import { ResourceProviderService as service } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { DiffRequest } from "@pulumi/pulumi/proto/provider_pb";

import { settingNames } from "../../../provider/resource/settings/settingNames";
import { PluginProvider } from "../support/pluginProvider";
import { catchProviderError } from "../support/providerError";
import { type Properties, secret, toStruct } from "../support/struct";
import { TestCloud } from "../support/testCloud";

const instanceId = "crs-5a4py64p";
const password = "Correct-horse-7";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let cloud: TestCloud;
let plugin: PluginProvider;
beforeAll(async () => {
  cloud = await TestCloud.start({ instances: { [instanceId]: "Initial-password-1" } });
  plugin = await PluginProvider.start();
});
afterAll(() => Promise.all([PluginProvider.stopAll(), cloud.stop()]));

test("all settings are accepted, including the engine's own", async () => {
  const texts = Object.fromEntries(settingNames.map((name) => [name, "value"]));
  const addresses = { endpoint: "http://127.0.0.1:1", stsEndpoint: "https://sts.example", protocol: "https" };
  const roles = { assumeRole: '{"roleArn":"a"}', assumeRoleWithWebIdentity: { roleArn: "a", sessionDuration: 60 } };
  const settings = { ...texts, ...addresses, ...roles };
  const ofEngine = { version: "1.2.3", pluginDownloadURL: "https://x", __internal: { name: "x" } };
  const { failures } = await plugin.checkConfig({ ...settings, ...ofEngine });
  expect(failures).toEqual([]);
});

const unknownSetting = (name: string) => ({
  property: "",
  reason: `Config tencentcloud-redis:${name} is unknown: use one of ${settingNames.join(", ")}`,
});

test("unknown settings are rejected by name, without their values", async () => {
  const { inputs, failures } = await plugin.checkConfig({ regoin: "x", secretkey: "a-Secret-key", region: "y" });
  expect(inputs).toEqual({});
  expect(failures).toEqual([unknownSetting("regoin"), unknownSetting("secretkey")]);
});

test.each<[Properties, string]>([
  [{ endpoint: "http://redis.example" }, "tencentcloud-redis:endpoint must use https"],
  [{ stsEndpoint: "sts.example" }, "tencentcloud-redis:stsEndpoint must give an address"],
  [{ protocol: "ftp" }, "tencentcloud-redis:protocol must be https, or http for a loopback address"],
  [{ domain: "example.com/path" }, "tencentcloud-redis:domain must give a scheme, a host and a port, nothing else"],
  [{ assumeRole: { roleArnn: "a" } }, "tencentcloud-redis:assumeRole: unknown field roleArnn, use roleArn"],
  [{ assumeRole: "{}" }, "Config tencentcloud-redis:assumeRole has no roleArn"],
  [{ assumeRoleWithWebIdentity: "[1]" }, "tencentcloud-redis:assumeRoleWithWebIdentity must be a JSON object"],
  [{ secretId: "AKIDexample" }, "tencentcloud-redis:secretKey"],
])("the wrong value in %j is refused: %s", async (given, reason) => {
  const { inputs, failures } = await plugin.checkConfig(given);
  expect(inputs).toEqual({});
  expect(failures).toEqual([{ property: "", reason: expect.stringContaining(reason) as string }]);
});

test("every invalid value is reported, and none is quoted", async () => {
  const { failures } = await plugin.checkConfig({ endpoint: "ftp://a-secret-host", secretKey: "a-Secret-key" });
  expect(failures).toHaveLength(2);
  expect(JSON.stringify(failures)).not.toMatch(/a-secret-host|a-Secret-key/);
});

test.each<[string, Properties]>([
  ["secretKey", { secretKey: secret(unknown) }],
  ["assumeRole", { assumeRole: { roleArn: unknown } }],
])(
  "a setting that a preview does not know yet is rejected, since Pulumi would not call the plugin: %s",
  async (name, given) => {
    const { inputs, failures } = await plugin.checkConfig({ region: "ap-guangzhou", ...given });
    expect(inputs).toEqual({});
    expect(failures).toEqual([
      {
        property: "",
        reason:
          `Config tencentcloud-redis:${name} comes from a resource and is not known in this preview: run ` +
          "`pulumi up --skip-preview`",
      },
    ]);
  },
);

test("secret settings are recorded as secrets, even if they arrive in plain text", async () => {
  const given = { secretId: "id", secretKey: "key", securityToken: "token", region: "ap-guangzhou" };
  const { inputs } = await plugin.checkConfig(given);
  expect(inputs).toEqual({ ...given, secretKey: secret("key"), securityToken: secret("token") });
});

test("changed settings replace nothing", async () => {
  const request = new DiffRequest().setOldInputs(toStruct({ region: "ap-guangzhou" }));
  const reply = await plugin.call(service.diffConfig, request.setNews(toStruct({ region: "ap-beijing" })));
  expect(reply.toObject()).toMatchObject({ changes: 0, replacesList: [] });
});

test("the plugin takes credentials and endpoint from its settings", async () => {
  const settings = Object.entries(cloud.config).map(([fullName, value]) => {
    const name = fullName.replace("tencentcloud-redis:", "");
    // As the engine marks them.
    return [name, name === "secretKey" ? secret(value) : value];
  });
  const configured = await PluginProvider.start({ settings: Object.fromEntries(settings) as Properties });
  const { inputs } = await configured.check({}, { instanceId, password, region: "ap-guangzhou" });
  await configured.create(inputs);
  expect(await cloud.accepts(instanceId, password)).toBe(true);
});

test("a nested setting of an explicit provider is read as the JSON that the stack's config would hold", async () => {
  const settings = { secretId: "id", secretKey: "key", assumeRole: { roleArn: 7 } };
  const configured = await PluginProvider.start({ settings });
  const { inputs } = await configured.check({}, { instanceId, password, region: "ap-guangzhou" });
  await expect(configured.create(inputs)).rejects.toThrow("assumeRole");
});

test("missing credentials are searched in the settings, not in those of another provider", async () => {
  const { inputs } = await plugin.check({}, { instanceId, password, region: "ap-guangzhou" });
  const { message } = await catchProviderError(plugin.create(inputs));
  expect(message).toContain("tencentcloud-redis:secretId and tencentcloud-redis:secretKey are not set");
  expect(message).not.toContain("tencentcloud:secretId");
});

describe("the region of a resource without its own", () => {
  const given = { instanceId, password };

  test("is that of the settings", async () => {
    const configured = await PluginProvider.start({ settings: { region: "ap-beijing" } });
    expect((await configured.check({}, given)).inputs).toMatchObject({ region: "ap-beijing" });
    expect((await configured.check({}, { ...given, region: null })).inputs).toMatchObject({ region: "ap-beijing" });
    const own = { ...given, region: "ap-guangzhou" };
    expect((await configured.check({}, own)).inputs).toMatchObject({ region: "ap-guangzhou" });
  });

  test.each<[string, object]>([
    ["missing", {}],
    ["empty", { region: "" }],
    ["null", { region: null }],
  ])("is required if that is %s", async (_, settings) => {
    const configured = await PluginProvider.start({ settings: { ...settings } });
    const { failures } = await configured.check({}, given);
    expect(failures).toEqual([
      {
        property: "",
        reason:
          "region: must be given: as an input, by `pulumi config set tencentcloud-redis:region <region>` or, with an explicit provider, as its region",
      },
    ]);
  });

  test("replaces the resource when it changes", async () => {
    const configured = await PluginProvider.start({ settings: { region: "ap-beijing" } });
    const olds = { ...given, region: "ap-guangzhou" };
    const { password: passwordFingerprint } = (await configured.check({}, olds)).inputs;
    const before = { ...olds, passwordFingerprint, triggers: {}, status: "done", stateVersion: 1 };
    const { inputs } = await configured.check(olds, given);
    expect(await configured.diff("ap-guangzhou/crs-5a4py64p", before, inputs)).toMatchObject({
      changes: "some",
      replaces: ["region"],
      detailed: { region: "UPDATE_REPLACE" },
    });
  });
});
