import { clientFor, setPulumiConfig } from "../../provider/settings";
import { failureOf } from "./support/failure";

type Values = Record<string, string>;

/** What the client then sends, and where to. */
interface Sent {
  readonly url: string;
  readonly secretId: string | undefined;
  readonly token: string | null;
}

const before = { ...process.env };
let fetch: jest.SpiedFunction<typeof globalThis.fetch>;

beforeEach(() => {
  fetch = jest.spyOn(globalThis, "fetch");
  fetch.mockImplementation(() => Promise.resolve(new Response('{"Response":{"RequestId":"r1"}}')));
});

afterEach(() => {
  fetch.mockRestore();
  process.env = { ...before };
});

function set(environment: Values, config: Values): void {
  const others = Object.entries(before).filter(([name]) => !name.startsWith("TENCENTCLOUD_"));
  process.env = { ...Object.fromEntries(others), ...environment };
  setPulumiConfig((name) => config[name]);
}

async function send(region = "ap-guangzhou"): Promise<Sent> {
  await clientFor(region)("DescribeInstances", {});
  const [url, options] = fetch.mock.lastCall as [URL, RequestInit];
  const headers = new Headers(options.headers);
  const secretId = /Credential=([^/]+)/.exec(headers.get("Authorization") ?? "")?.[1];
  return { url: url.href, secretId, token: headers.get("X-TC-Token") };
}

const key = { TENCENTCLOUD_SECRET_ID: "environmentId", TENCENTCLOUD_SECRET_KEY: "k" };
const configKey = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "k" };
const ownHost = "https://redis.tencentcloudapi.com/";

it.each<[string, Values, Values, Sent]>([
  ["a key in the environment", key, {}, { url: ownHost, secretId: "environmentId", token: null }],
  ["a key in Pulumi config", {}, configKey, { url: ownHost, secretId: "configId", token: null }],
  ["keys in both: the config's", key, configKey, { url: ownHost, secretId: "configId", token: null }],
  [
    "a temporary key",
    { ...key, TENCENTCLOUD_SECURITY_TOKEN: "t" },
    {},
    { url: ownHost, secretId: "environmentId", token: "t" },
  ],
  [
    "an endpoint in the environment",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
    {},
    { url: "http://127.0.0.1:1/", secretId: "environmentId", token: null },
  ],
  [
    "an endpoint in Pulumi config",
    key,
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:2/", secretId: "environmentId", token: null },
  ],
  [
    "endpoints in both: the environment's",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:1/", secretId: "environmentId", token: null },
  ],
  [
    "an empty variable, which counts as not set",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "" },
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:2/", secretId: "environmentId", token: null },
  ],
])("requests follow %s", async (_, environment, config, expected) => {
  set(environment, config);
  await expect(send()).resolves.toEqual(expected);
});

it("requests go to the host of a finance region", async () => {
  set(key, {});
  expect((await send("ap-shanghai-fsi")).url).toBe("https://redis.ap-shanghai-fsi.tencentcloudapi.com/");
});

it("a region is never taken from the environment", async () => {
  set({ ...key, TENCENTCLOUD_REGION: "ap-shanghai-fsi" }, {});
  expect((await send("ap-guangzhou")).url).toBe(ownHost);
});

it("a key that has changed meanwhile is used at once", async () => {
  set(key, {});
  await send();
  set({ ...key, TENCENTCLOUD_SECRET_ID: "renewedId" }, {});
  expect((await send()).secretId).toBe("renewedId");
});

it.each<[string, Values, string, string]>([
  ["no key", {}, "CredentialsError", "No Tencent Cloud credentials: "],
  ["half a key", { ...key, TENCENTCLOUD_SECRET_KEY: "" }, "CredentialsError", "TENCENTCLOUD_SECRET_ID is set, "],
  [
    "a wrong endpoint",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "x" },
    "SettingsError",
    "The endpoint must be an address",
  ],
])("with %s nothing is sent, and the reason said", async (_, environment, name, message) => {
  set(environment, {});
  const error = await failureOf(() => clientFor("ap-guangzhou"));
  expect(error).toMatchObject({ name, message: expect.stringContaining(message) as unknown });
  expect(fetch).not.toHaveBeenCalled();
});
