import type { Values } from "../../support/credentialContext";
import { own, shared } from "../../support/identities";
import { type Sent, key, ownHost, useSettings } from "../../support/settings";

const { set, send } = useSettings();

const configKey = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "k" };

it.each<[string, Values, Values, Sent]>([
  ["a key in the environment", key, {}, { url: ownHost, secretId: "environmentId", token: undefined }],
  ["a key in Pulumi config", {}, configKey, { url: ownHost, secretId: "configId", token: undefined }],
  [
    "the key in Pulumi config before one in the environment",
    key,
    configKey,
    { url: ownHost, secretId: "configId", token: undefined },
  ],
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
    ["the default", {}, {}, ownHost],
    ["the environment", { TENCENTCLOUD_REDIS_ENDPOINT: at(1) }, {}, `${at(1)}/`],
    ["tencentcloud-redis:", {}, own("endpoint", at(2)), `${at(2)}/`],
    [
      "tencentcloud-redis: before the environment",
      { TENCENTCLOUD_REDIS_ENDPOINT: at(1) },
      own("endpoint", at(2)),
      `${at(2)}/`,
    ],
    [
      "the environment if tencentcloud-redis: is empty",
      { TENCENTCLOUD_REDIS_ENDPOINT: at(1) },
      own("endpoint", ""),
      `${at(1)}/`,
    ],
    ["the default if the variable is empty", { TENCENTCLOUD_REDIS_ENDPOINT: "" }, {}, ownHost],
  ])("the endpoint is taken from %s", async (_, environment, config, url) => {
    set({ ...key, ...environment }, config);
    expect((await send()).url).toBe(url);
  });

  const sendForDomain = async () => (await send()).url.replace("https://redis.", "").replace("/", "");

  it.each<[string, Values, Values, string]>([
    ["the environment", { TENCENTCLOUD_DOMAIN: "a.example" }, {}, "a.example"],
    ["tencentcloud:", {}, shared("domain", "b.example"), "b.example"],
    ["tencentcloud-redis:", {}, own("domain", "c.example"), "c.example"],
    [
      "tencentcloud: before the environment",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      shared("domain", "b.example"),
      "b.example",
    ],
    [
      "tencentcloud-redis: before all others",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", "b.example"), ...own("domain", "c.example") },
      "c.example",
    ],
    [
      "tencentcloud: if tencentcloud-redis: is empty",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", "b.example"), ...own("domain", "") },
      "b.example",
    ],
    [
      "the environment if all config is empty",
      { TENCENTCLOUD_DOMAIN: "a.example" },
      { ...shared("domain", ""), ...own("domain", "") },
      "a.example",
    ],
  ])("the domain is taken from %s", async (_, environment, config, domain) => {
    set({ ...key, ...environment }, config);
    expect(await sendForDomain()).toBe(domain);
  });

  it.each<[string, Values, Values, string]>([
    [
      "tencentcloud-redis: before tencentcloud:",
      {},
      { ...own("protocol", "https"), ...shared("protocol", "ftp") },
      "https",
    ],
    ["tencentcloud: before the environment", { TENCENTCLOUD_PROTOCOL: "ftp" }, shared("protocol", "https"), "https"],
  ])("the protocol is taken from %s", async (_, environment, config, protocol) => {
    set({ ...key, ...environment }, config);
    expect((await send()).url).toBe(`${protocol}://redis.tencentcloudapi.com/`);
  });

  it.each<[string, Values, Values, string]>([
    ["the environment", key, {}, "environmentId"],
    ["tencentcloud: before the environment", key, configKey, "configId"],
    [
      "tencentcloud-redis: before all others",
      key,
      { ...configKey, ...own("secretId", "ownId"), ...own("secretKey", "k") },
      "ownId",
    ],
  ])("a key is taken from %s", async (_, environment, config, secretId) => {
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
