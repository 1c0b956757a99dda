import { silentLog } from "../../../provider/resource/resourceLog";
import { type ClientTarget, Session } from "../../../provider/resource/session";
import { isStsOfSameService } from "../../../provider/resource/settings";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import type { HttpRequest, Transport } from "../../../provider/tencentcloud/transport/http";
import { failureOf } from "../support/failure";
import { useTemporaryHome } from "../support/temporaryHome";

const user = { instanceId: "crs-5a4py64p", region: "ap-guangzhou" };

type Values = Record<string, string>;

/** What the client then sends, and where to. */
interface Sent {
  readonly url: string;
  readonly secretId: string | undefined;
  readonly token: string | undefined;
}

const before = { ...process.env };
const transport = jest.fn<ReturnType<Transport>, Parameters<Transport>>();

const answer = (response: object) =>
  transport.mockResolvedValue({
    status: 200,
    serviceTimeMs: undefined,
    body: JSON.stringify({ Response: response }),
  });

beforeEach(() => {
  transport.mockReset();
  answer({ RequestId: "r1" });
});

afterEach(() => {
  process.env = { ...before };
});

let session = new Session({ transport });

function set(environment: Values, config: Values): void {
  const others = Object.entries(before).filter(([name]) => !name.startsWith("TENCENTCLOUD_"));
  process.env = { ...Object.fromEntries(others), ...environment };
  session = new Session({ transport });
  session.configure((name) => config[name]);
}

const requests = () => transport.mock.calls.map(([, request]) => request);
const hosts = () => requests().map(({ url }) => url.host);

async function send(changes: Partial<ClientTarget> = {}): Promise<Sent> {
  const client = session.clientFor({ ...user, ...changes }, silentLog);
  await client({ action: "DescribeInstances", parameters: {}, deadline: deadlineIn(60) });
  const { url, headers = {} } = requests().at(-1) as HttpRequest;
  const secretId = /Credential=([^/]+)/.exec(headers.Authorization ?? "")?.[1];
  return { url: url.href, secretId, token: headers["X-TC-Token"] };
}

const key = { TENCENTCLOUD_SECRET_ID: "environmentId", TENCENTCLOUD_SECRET_KEY: "k" };
const configKey = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "k" };
const ownHost = "https://redis.tencentcloudapi.com/";

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
])("requests follow %s", async (_, environment, config, expected) => {
  set(environment, config);
  await expect(send()).resolves.toEqual(expected);
});

const own = (name: string, value: string) => ({ [`tencentcloud-redis:${name}`]: value });
const shared = (name: string, value: string) => ({ [`tencentcloud:${name}`]: value });

describe("each setting is read in one order", () => {
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

  const domainOf = async () => (await send()).url.replace("https://redis.", "").replace("/", "");

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
    expect(await domainOf()).toBe(domain);
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

it.each<[string, Values, Values]>([
  ["TENCENTCLOUD_PROTOCOL", { TENCENTCLOUD_PROTOCOL: "http" }, {}],
  ["tencentcloud:protocol", {}, { "tencentcloud:protocol": "http" }],
  ["tencentcloud-redis:protocol", {}, { "tencentcloud-redis:protocol": "http" }],
])("a protocol in the clear is refused under the name that was set: %s", async (name, environment, config) => {
  set({ ...key, ...environment }, config);
  expect(await failureOf(() => send())).toMatchObject({
    name: "SettingsError",
    message: `${name} must use https: plain http is for loopback addresses only`,
  });
  expect(transport).not.toHaveBeenCalled();
});

describe("a setting of ours in the namespace of the tencentcloud provider", () => {
  const endpointError =
    "Pulumi config tencentcloud:endpoint is not supported: rename it to tencentcloud-redis:endpoint";
  const stsEndpointError =
    "Pulumi config tencentcloud:stsEndpoint is not supported: rename it to tencentcloud-redis:stsEndpoint";

  it.each<[string, Values, Values, string]>([
    ["endpoint", {}, shared("endpoint", "http://127.0.0.1:2"), endpointError],
    ["stsEndpoint", {}, shared("stsEndpoint", "http://127.0.0.1:2"), stsEndpointError],
    [
      "both at once",
      {},
      { ...shared("endpoint", "http://127.0.0.1:2"), ...shared("stsEndpoint", "http://127.0.0.1:2") },
      `${endpointError}; ${stsEndpointError}`,
    ],
    [
      "endpoint, also beside the new name and the variable",
      { TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
      { ...shared("endpoint", "http://127.0.0.1:2"), ...own("endpoint", "http://127.0.0.1:3") },
      endpointError,
    ],
    ["a blank endpoint", {}, shared("endpoint", " "), endpointError],
  ])("is an error that says the new name, and nothing is sent: %s", async (_, environment, config, message) => {
    set({ ...key, ...environment }, config);
    expect(await failureOf(() => send())).toMatchObject({ name: "SettingsError", message });
    expect(transport).not.toHaveBeenCalled();
  });

  it("counts as not set where it is empty", async () => {
    set(key, { ...shared("endpoint", ""), ...shared("stsEndpoint", "") });
    expect((await send()).url).toBe(ownHost);
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

it("a key that has changed is used by the next run", async () => {
  set(key, {});
  await send();
  set({ ...key, TENCENTCLOUD_SECRET_ID: "renewedId" }, {});
  expect((await send()).secretId).toBe("renewedId");
});

it.each<[string, Values, string, string]>([
  [
    "half a key",
    { ...key, TENCENTCLOUD_SECRET_KEY: "" },
    "CredentialsError",
    "Environment: TENCENTCLOUD_SECRET_ID is set, ",
  ],
  [
    "a wrong endpoint",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "x" },
    "SettingsError",
    "TENCENTCLOUD_REDIS_ENDPOINT must give an address",
  ],
])("with %s nothing is sent, and the reason said", async (_, environment, name, message) => {
  set(environment, {});
  const error = await failureOf(() => send());
  expect(error).toMatchObject({ name, message: expect.stringContaining(message) as unknown });
  expect(transport).not.toHaveBeenCalled();
});

it.each([5, true, {}, ["http://127.0.0.1:1"]])(
  "a config value of another type is refused by its name: %j",
  async (value) => {
    set(key, {});
    session.configure((name) => (name === "tencentcloud-redis:endpoint" ? (value as string) : undefined));
    expect(await failureOf(send)).toMatchObject({
      name: "SettingsError",
      message: "Pulumi config tencentcloud-redis:endpoint must be a string",
    });
    expect(transport).not.toHaveBeenCalled();
  },
);

it("what is wrong is told in one line, whatever a name is", async () => {
  set({ TENCENTCLOUD_SHARED_CREDENTIALS_DIR: "/nonexistent" }, {});
  const error = await failureOf(() => send({ profile: "a\n\x1b[31mb" }));
  const reason = "Profile a [31mb: /nonexistent/a [31mb.credential does not exist";
  expect(error).toMatchObject({ name: "CredentialsError", message: reason });
});

describe("resources that use the same credentials", () => {
  const home = useTemporaryHome();
  const role = { ...key, TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r" };

  beforeEach(() => {
    const Credentials = { TmpSecretId: "temporaryId", TmpSecretKey: "k", Token: "t" };
    answer({ Credentials, ExpiredTime: 4_000_000_000, RequestId: "r1" });
  });

  it("fetch temporary ones once, however many they are", async () => {
    set(role, {});
    const sent = await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(sent).toEqual(sent.map(() => ({ url: ownHost, secretId: "temporaryId", token: "t" })));
    expect(hosts().filter((host) => host === "sts.tencentcloudapi.com")).toHaveLength(1);
  });

  it.each<[string, Partial<ClientTarget>, number]>([
    ["are the same in another region", { region: "ap-shanghai" }, 1],
    ["are others in a finance region", { region: "ap-shanghai-fsi" }, 2],
    ["are others for another profile", { profile: "other" }, 2],
  ])("%s", async (_, changes, expected) => {
    home.write("other.credential", '{"secretId":"otherId","secretKey":"k"}');
    set({ ...role, TENCENTCLOUD_SHARED_CREDENTIALS_DIR: home.at() }, {});
    await send();
    await send(changes);
    expect(hosts().filter((host) => host.startsWith("sts."))).toHaveLength(expected);
  });

  it.each<[string, Values, Values, string]>([
    ["environment", { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" }, {}, "127.0.0.1:1"],
    ["Pulumi config", {}, { "tencentcloud-redis:stsEndpoint": "http://127.0.0.1:2" }, "127.0.0.1:2"],
    [
      "Pulumi config before the environment",
      { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" },
      { "tencentcloud-redis:stsEndpoint": "http://127.0.0.1:2" },
      "127.0.0.1:2",
    ],
  ])("ask STS at the address that is set for it: in the %s", async (_, environment, config, host) => {
    set({ ...role, ...environment }, config);
    await send();
    expect(hosts()).toEqual([host, "redis.tencentcloudapi.com"]);
  });
});

describe("who waits for tasks asks together with others", () => {
  it("in the same region, with the same credentials", () => {
    expect(session.taskReaderFor({ ...user, instanceId: "crs-another1" })).toBe(session.taskReaderFor(user));
  });

  it.each<Partial<ClientTarget>>([{ region: "ap-shanghai" }, { profile: "other" }])("but not for %j", (changes) => {
    expect(session.taskReaderFor({ ...user, ...changes })).not.toBe(session.taskReaderFor(user));
  });

  it("but not by another config, which may hold another key", () => {
    const earlier = session.taskReaderFor(user);
    set({}, {});
    expect(session.taskReaderFor(user)).not.toBe(earlier);
  });
});

it.each<[string, Values, Values, boolean]>([
  ["neither endpoint is overridden", {}, {}, true],
  ["only the Redis endpoint is overridden in the environment", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, {}, false],
  ["only the Redis endpoint is overridden in Pulumi config", {}, own("endpoint", "x"), false],
  ["only the STS endpoint is overridden in the environment", { TENCENTCLOUD_STS_ENDPOINT: "x" }, {}, false],
  ["only the STS endpoint is overridden in Pulumi config", {}, own("stsEndpoint", "x"), false],
  ["both endpoints are overridden", { TENCENTCLOUD_REDIS_ENDPOINT: "x", TENCENTCLOUD_STS_ENDPOINT: "x" }, {}, true],
  ["both are overridden, in different places", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, own("stsEndpoint", "x"), true],
  [
    "an endpoint is in the namespace of the tencentcloud provider, which never counts",
    {},
    shared("endpoint", "x"),
    true,
  ],
  ["both are empty", { TENCENTCLOUD_REDIS_ENDPOINT: "" }, own("stsEndpoint", ""), true],
  ["one is overridden and the other one empty", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, own("stsEndpoint", ""), false],
  ["another domain is set for both", { TENCENTCLOUD_DOMAIN: "intl.tencentcloudapi.com" }, {}, true],
])("tells whether STS belongs to the same service when %s", (_, environment, config, expected) => {
  const lookup = (values: Values) => (name: string) => values[name];
  expect(isStsOfSameService({ config: lookup(config), environment: lookup(environment) })).toBe(expected);
});
