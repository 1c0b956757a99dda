import { type ClientUser, Session } from "../../provider/session";
import { isStsOfSameService } from "../../provider/settings";
import { deadlineIn } from "../../provider/tencentcloud/deadline";
import * as http from "../../provider/tencentcloud/http";
import { failureOf } from "./support/failure";

const user = { instanceId: "crs-5a4py64p", region: "ap-guangzhou" };

type Values = Record<string, string>;

/** What the client then sends, and where to. */
interface Sent {
  readonly url: string;
  readonly secretId: string | undefined;
  readonly token: string | undefined;
}

const before = { ...process.env };
let sendHttp: jest.SpiedFunction<typeof http.sendHttp>;

const answer = (response: object) =>
  sendHttp.mockResolvedValue({
    status: 200,
    serviceTimeMs: undefined,
    body: JSON.stringify({ Response: response }),
  });

beforeEach(() => {
  sendHttp = jest.spyOn(http, "sendHttp");
  answer({ RequestId: "r1" });
});

afterEach(() => {
  sendHttp.mockRestore();
  process.env = { ...before };
});

let session = new Session();

function set(environment: Values, config: Values): void {
  const others = Object.entries(before).filter(([name]) => !name.startsWith("TENCENTCLOUD_"));
  process.env = { ...Object.fromEntries(others), ...environment };
  session = new Session();
  session.configure((name) => config[name]);
}

const requests = () => sendHttp.mock.calls.map(([, request]) => request);
const hosts = () => requests().map(({ url }) => url.host);

async function send(changes: Partial<ClientUser> = {}): Promise<Sent> {
  const client = session.clientFor({ ...user, ...changes });
  await client({ action: "DescribeInstances", parameters: {}, deadline: deadlineIn(60) });
  const { url, headers = {} } = requests().at(-1) as http.HttpRequest;
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
  [
    "an endpoint in the environment",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
    {},
    { url: "http://127.0.0.1:1/", secretId: "environmentId", token: undefined },
  ],
  [
    "an endpoint in Pulumi config",
    key,
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:2/", secretId: "environmentId", token: undefined },
  ],
  [
    "endpoints in both: the environment's",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:1/", secretId: "environmentId", token: undefined },
  ],
  [
    "an empty variable, which counts as not set",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "" },
    { "tencentcloud:endpoint": "http://127.0.0.1:2" },
    { url: "http://127.0.0.1:2/", secretId: "environmentId", token: undefined },
  ],
])("requests follow %s", async (_, environment, config, expected) => {
  set(environment, config);
  await expect(send()).resolves.toEqual(expected);
});

it.each<[string, Values, Values, string, string]>([
  [
    "another domain in the environment",
    { TENCENTCLOUD_DOMAIN: "a.example" },
    {},
    "ap-guangzhou",
    "https://redis.a.example/",
  ],
  [
    "another domain in Pulumi config",
    {},
    { "tencentcloud:domain": "b.example" },
    "ap-guangzhou",
    "https://redis.b.example/",
  ],
  [
    "domains in both: the environment's",
    { TENCENTCLOUD_DOMAIN: "a.example" },
    { "tencentcloud:domain": "b.example" },
    "ap-shanghai-fsi",
    "https://redis.ap-shanghai-fsi.a.example/",
  ],
])("the address follows %s", async (_, environment, config, region, url) => {
  set({ ...key, ...environment }, config);
  expect((await send({ region })).url).toBe(url);
});

it.each<[string, Values, Values]>([
  ["in the environment", { TENCENTCLOUD_PROTOCOL: "http" }, {}],
  ["in Pulumi config", {}, { "tencentcloud:protocol": "http" }],
])("a protocol in the clear is refused: %s", async (_, environment, config) => {
  set({ ...key, ...environment }, config);
  expect(await failureOf(() => send())).toMatchObject({
    name: "SettingsError",
    message: "The domain or protocol must use https: plain http is for loopback addresses only",
  });
  expect(sendHttp).not.toHaveBeenCalled();
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
    "The endpoint must give an address",
  ],
])("with %s nothing is sent, and the reason said", async (_, environment, name, message) => {
  set(environment, {});
  const error = await failureOf(() => send());
  expect(error).toMatchObject({ name, message: expect.stringContaining(message) as unknown });
  expect(sendHttp).not.toHaveBeenCalled();
});

it.each([5, true, {}, ["http://127.0.0.1:1"]])(
  "a config value of another type is refused by its name: %j",
  async (value) => {
    set(key, {});
    session.configure((name) => (name === "tencentcloud:endpoint" ? (value as string) : undefined));
    expect(await failureOf(send)).toMatchObject({
      name: "SettingsError",
      message: "Pulumi config tencentcloud:endpoint is not a text",
    });
    expect(sendHttp).not.toHaveBeenCalled();
  },
);

it("what is wrong is told in one line, whatever a name is", async () => {
  set({ TENCENTCLOUD_SHARED_CREDENTIALS_DIR: "/nonexistent" }, {});
  const error = await failureOf(() => send({ profile: "a\n\x1b[31mb" }));
  const reason = "Profile a [31mb: /nonexistent/a [31mb.credential does not exist";
  expect(error).toMatchObject({ name: "CredentialsError", message: reason });
});

describe("resources that use the same credentials", () => {
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

  it.each<[string, Partial<ClientUser>, number]>([
    ["are the same in another region", { region: "ap-shanghai" }, 1],
    ["are others in a finance region", { region: "ap-shanghai-fsi" }, 2],
    ["are others for another profile", { profile: "other" }, 2],
  ])("%s", async (_, changes, expected) => {
    set(role, {});
    await send();
    await send(changes);
    expect(hosts().filter((host) => host.startsWith("sts."))).toHaveLength(expected);
  });

  it.each<[string, Values, Values, string]>([
    ["environment", { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" }, {}, "127.0.0.1:1"],
    ["Pulumi config", {}, { "tencentcloud:stsEndpoint": "http://127.0.0.1:2" }, "127.0.0.1:2"],
  ])("ask STS at the address that is set for it: in the %s", async (_, environment, config, host) => {
    set({ ...role, ...environment }, config);
    await send();
    expect(hosts()).toEqual([host, "redis.tencentcloudapi.com"]);
  });

  it("ask STS at the address that is set for it, which may be another one than for Redis", async () => {
    set(
      { ...role, TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" },
      { "tencentcloud:stsEndpoint": "http://127.0.0.1:2" },
    );
    await send();
    expect(hosts()).toEqual(["127.0.0.1:1", "redis.tencentcloudapi.com"]);
  });
});

describe("who waits for tasks asks together with others", () => {
  it("in the same region, with the same credentials", () => {
    expect(session.taskReaderFor({ ...user, instanceId: "crs-another1" })).toBe(session.taskReaderFor(user));
  });

  it.each<Partial<ClientUser>>([{ region: "ap-shanghai" }, { profile: "other" }])("but not for %j", (changes) => {
    expect(session.taskReaderFor({ ...user, ...changes })).not.toBe(session.taskReaderFor(user));
  });

  it("but not by another config, which may hold another key", () => {
    const earlier = session.taskReaderFor(user);
    set({}, {});
    expect(session.taskReaderFor(user)).not.toBe(earlier);
  });
});

it.each<[string, Values, boolean]>([
  ["neither endpoint is overridden", {}, true],
  ["only the Redis endpoint is overridden", { TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" }, false],
  ["only the STS endpoint is overridden", { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" }, false],
  [
    "both endpoints are overridden",
    { TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1", TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" },
    true,
  ],
])("tells whether STS belongs to the same service when %s", (_, environment, expected) => {
  const lookup = (values: Values) => (name: string) => values[name];
  expect(isStsOfSameService({ config: lookup({}), environment: lookup(environment) })).toBe(expected);
});
