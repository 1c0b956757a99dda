import type { Values } from "../../support/credentialContext";
import { own, shared } from "../../support/identities";
import { type Sent, key, ownHost, useSettings } from "../../support/settings";

const { set, send } = useSettings();

const configKey = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "k" };

it.each<[string, Values, Values, Sent]>([
  ["a key in the environment", key, {}, { url: ownHost, secretId: "environmentId", token: undefined }],
  ["a key in Pulumi config", {}, configKey, { url: ownHost, secretId: "configId", token: undefined }],
  ["keys in both: the config's", key, configKey, { url: ownHost, secretId: "configId", token: undefined }],
  [
    "a temporary key",
    { ...key, TENCENTCLOUD_SECURITY_TOKEN: "t" },
    {},
    { url: ownHost, secretId: "environmentId", token: "t" },
  ],
])("requests use %s", async (_, environment, config, expected) => {
  set(environment, config);
  await expect(send()).resolves.toEqual(expected);
});

describe("each setting has one order of precedence", () => {
  const at = (port: number) => `http://127.0.0.1:${port}`;

  it.each<[string, Values, Values, string]>([
    ["nowhere", {}, {}, ownHost],
    ["in the environment", { TENCENTCLOUD_REDIS_ENDPOINT: at(1) }, {}, `${at(1)}/`],
    ["in tencentcloud-redis:", {}, own("endpoint", at(2)), `${at(2)}/`],
    [
      "in both: tencentcloud-redis: counts",
      { TENCENTCLOUD_REDIS_ENDPOINT: at(1) },
      own("endpoint", at(2)),
      `${at(2)}/`,
    ],
    ["in both, empty in tencentcloud-redis:", { TENCENTCLOUD_REDIS_ENDPOINT: at(1) }, own("endpoint", ""), `${at(1)}/`],
    ["as an empty variable", { TENCENTCLOUD_REDIS_ENDPOINT: "" }, {}, ownHost],
  ])("the endpoint is set %s", async (_, environment, config, url) => {
    set({ ...key, ...environment }, config);
    expect((await send()).url).toBe(url);
  });

  const sendForDomain = async () => (await send()).url.replace("https://redis.", "").replace("/", "");

  it.each<[string, Values, Values, string]>([
    ["in the environment", { TENCENTCLOUD_DOMAIN: "a.example" }, {}, "a.example"],
    ["in tencentcloud:", {}, shared("domain", "b.example"), "b.example"],
    ["in tencentcloud-redis:", {}, own("domain", "c.example"), "c.example"],
    [
      "in tencentcloud: and the environment: the config's counts",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      shared("domain", "b.example"),
      "b.example",
    ],
    [
      "everywhere: the one of tencentcloud-redis: counts",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", "b.example"), ...own("domain", "c.example") },
      "c.example",
    ],
    [
      "everywhere, empty in tencentcloud-redis:",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", "b.example"), ...own("domain", "") },
      "b.example",
    ],
    [
      "everywhere, empty in the config",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", ""), ...own("domain", "") },
      "a.example",
    ],
  ])("the domain is set %s", async (_, environment, config, domain) => {
    set({ ...key, ...environment }, config);
    expect(await sendForDomain()).toBe(domain);
  });

  it.each<[string, Values, Values, string]>([
    [
      "in tencentcloud-redis: before tencentcloud:",
      {},
      { ...own("protocol", "https"), ...shared("protocol", "ftp") },
      "https",
    ],
    ["in tencentcloud: before the environment", { TENCENTCLOUD_PROTOCOL: "ftp" }, shared("protocol", "https"), "https"],
  ])("the protocol is read %s", async (_, environment, config, protocol) => {
    set({ ...key, ...environment }, config);
    expect((await send()).url).toBe(`${protocol}://redis.tencentcloudapi.com/`);
  });

  it.each<[string, Values, Values, string]>([
    ["in the environment", key, {}, "environmentId"],
    ["in tencentcloud: before the environment", key, configKey, "configId"],
    [
      "in tencentcloud-redis: before the others",
      key,
      { ...configKey, ...own("secretId", "ownId"), ...own("secretKey", "k") },
      "ownId",
    ],
  ])("a key is read %s", async (_, environment, config, secretId) => {
    set(environment, config);
    expect((await send()).secretId).toBe(secretId);
  });
});

it("requests go to the host of a finance region", async () => {
  set(key, {});
  expect((await send({ region: "ap-shanghai-fsi" })).url).toBe("https://redis.ap-shanghai-fsi.tencentcloudapi.com/");
});

it("a region is never taken from the environment", async () => {
  set({ ...key, TENCENTCLOUD_REGION: "ap-shanghai-fsi" }, {});
  expect((await send()).url).toBe(ownHost);
});
