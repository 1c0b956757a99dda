import { passwords, records, settled, start, stopAll } from "../support/cloud";
import { type Answer, call, send } from "../support/exchange";
import { expired, permanent, temporary } from "../support/keys";
import { type Call, type Sent, documented, json, older, reset, tc3 } from "../support/requests";

afterEach(stopAll);

describe("the vendor's clients", () => {
  it.each<[string, (port: number) => Sent]>([
    ["JSON", (port) => json(port, reset)],
    [
      "JSON of the Node.js client, which takes the service from the address and leaves the port out",
      (port) => json(port, { ...reset, service: "127", signedHost: "127.0.0.1" }),
    ],
    [
      "JSON of the Java client",
      (port) => json(port, { ...reset, service: "127", contentType: "application/json; charset=utf-8" }),
    ],
    [
      "JSON of the Python client, with spaces",
      (port) => json(port, { ...reset, body: '{"InstanceId": "crs-5a4py64p", "Password": "zy456987"}' }),
    ],
    ["JSON of TCCLI", (port) => json(port, { ...reset, host: `http://127.0.0.1:${port}` })],
    [
      "headers in other letters",
      (port) => {
        const { headers, ...rest } = json(port, reset);
        return { ...rest, headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toUpperCase(), v])) };
      },
    ],
    ["an empty token", (port) => json(port, { ...reset, token: "" })],
    ["a temporary key", (port) => json(port, { ...reset, key: temporary, token: temporary.temporary.token })],
    ["an older form", (port) => older(port, "POST", documented)],
    ["an older query", (port) => older(port, "GET", { ...documented, NoAuth: "False" })],
    ["the oldest form", (port) => older(port, "POST", documented, "HmacSHA1")],
    ["the oldest query", (port) => older(port, "GET", documented, "HmacSHA1")],
    [
      "an older query with a temporary key",
      (port) => older(port, "GET", { ...documented, Token: temporary.temporary.token }, "HmacSHA256", temporary),
    ],
  ])("are understood: %s", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toEqual({ TaskId: 16657, RequestId: expect.any(String) as string });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("zy456987");
    const [record] = records;
    expect(record).toEqual({ ...record, action: "ResetPassword", code: null, taskId: 16657 });
    expect(JSON.stringify(records)).not.toMatch(/zy456987|secret/);
  });

  it.each<[string, (port: number) => Sent]>([
    ["a query", (port) => tc3(port, "ResetPassword", { method: "GET", query: "InstanceId=crs-5a4py64p&NoAuth=True" })],
    [
      "a query with more in it",
      (port) => tc3(port, "", { method: "GET", query: "Action=ResetPassword&InstanceId=crs-5a4py64p&NoAuth=true" }),
    ],
    ["a form", (port) => tc3(port, "ResetPassword", { method: "POST", body: "NoAuth=true&InstanceId=crs-5a4py64p" })],
    [
      "an unsigned body",
      (port) =>
        tc3(port, "ResetPassword", {
          ...{ method: "POST", body: '{"InstanceId":"crs-5a4py64p","NoAuth":true}', contentType: "application/json" },
          unsigned: true,
        }),
    ],
  ])("are understood with TC3-HMAC-SHA256 and %s", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toMatchObject({ TaskId: 16657 });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("");
  });

  it("may change neither a query nor a form", async () => {
    const port = await start();
    const query = tc3(port, "DescribeInstances", { method: "GET", query: "Limit=1" });
    const form = tc3(port, "DescribeInstances", { method: "POST", body: "Limit=1" });
    const refused = { Error: { Code: "AuthFailure.SignatureFailure" } };
    expect(await send(port, query)).toMatchObject({ TotalCount: 2 });
    expect(await send(port, { ...query, path: "/?Limit=2" })).toMatchObject(refused);
    expect(await send(port, { ...query, path: "/?Limit=1?" })).toMatchObject(refused);
    expect(await send(port, { ...form, body: "Limit=2" })).toMatchObject(refused);
  });
});

describe("refuses", () => {
  const codeOf = ({ Error }: Answer): string | undefined => Error?.Code;
  const describing = "DescribeInstances";

  it.each<[string, Call, string]>([
    ["another service in the signature", { ...reset, service: "cvm" }, "AuthFailure.SignatureFailure"],
    ["a part of the address that is not its first", { ...reset, service: "0" }, "AuthFailure.SignatureFailure"],
    ["no action", { ...reset, headers: { "X-TC-Action": "" } }, "AuthFailure.SignatureFailure"],
    ["the version of another service", { ...reset, version: "2018-08-13" }, "NoSuchVersion"],
    ["no version", { ...reset, version: "" }, "MissingParameter"],
    ["no region", { ...reset, region: "" }, "MissingParameter"],
    ["common parameters in JSON", { ...reset, parameters: { Action: "ResetPassword" } }, "UnknownParameter"],
    ["a token of a permanent key", { ...reset, token: "secret-token" }, "AuthFailure.TokenFailure"],
    ["a temporary key without its token", { ...reset, key: temporary }, "AuthFailure.TokenFailure"],
    ["a temporary key with another token", { ...reset, key: temporary, token: "other" }, "AuthFailure.TokenFailure"],
    ["an expired key", { ...reset, key: expired, token: "secret-token" }, "AuthFailure.TokenFailure"],
    [
      "JSON of more than 10 MB",
      { action: describing, body: "x".repeat(10 * 1024 ** 2 + 1) },
      "RequestSizeLimitExceeded",
    ],
    ["JSON of 10 MB that is none", { action: describing, body: "x".repeat(10 * 1024 ** 2) }, "InvalidRequest"],
  ])("%s", async (_, request, code) => {
    const port = await start();
    expect(codeOf(await call(port, request))).toBe(code);
    expect(passwords.size).toBe(0);
    expect(records).toMatchObject([{ code, taskId: null }]);
  });

  it.each<[string, (port: number) => Sent, string]>([
    ["PUT", (port) => ({ ...json(port, reset), method: "PUT" }), "UnsupportedProtocol"],
    [
      "an unsigned request",
      (port) => json(port, { ...reset, headers: { Authorization: "SKIP" } }),
      "AuthFailure.InvalidAuthorization",
    ],
    [
      "JSON without a signature",
      () => ({ headers: { "Content-Type": "application/json" }, body: "{}" }),
      "AuthFailure.InvalidAuthorization",
    ],
    ["an empty query", () => ({ method: "GET", headers: {} }), "MissingParameter"],
    [
      "a query of more than 32 KB",
      (port) => tc3(port, describing, { method: "GET", query: "a".repeat(32 * 1024 + 1) }),
      "RequestSizeLimitExceeded",
    ],
    [
      "a query of 32 KB",
      (port) => tc3(port, describing, { method: "GET", query: "a".repeat(32 * 1024) }),
      "UnknownParameter",
    ],
    [
      "a form of more than 1 MB",
      (port) => tc3(port, describing, { method: "POST", body: "a".repeat(1024 ** 2 + 1) }),
      "RequestSizeLimitExceeded",
    ],
    [
      "a form of 1 MB",
      (port) => tc3(port, describing, { method: "POST", body: "a".repeat(1024 ** 2) }),
      "UnknownParameter",
    ],
    [
      "an older form with a wrong key",
      (port) => older(port, "POST", documented, "HmacSHA1", { ...permanent, secretKey: "other" }),
      "AuthFailure.SignatureFailure",
    ],
    [
      "an older form with another token",
      (port) => older(port, "POST", { ...documented, Token: "other" }),
      "AuthFailure.TokenFailure",
    ],
  ])("%s", async (_, sent, code) => {
    const port = await start();
    expect(codeOf(await send(port, sent(port)))).toBe(code);
  });

  it("in the language that was asked for", async () => {
    const port = await start();
    const messageOf = async (headers: Record<string, string>) =>
      (await call(port, { ...reset, version: "1", headers })).Error?.Message;
    const english = "The specified API version does not exist.";
    expect(await messageOf({})).toBe(english);
    expect(await messageOf({ "X-TC-Language": "en-US" })).toBe(english);
    expect(await messageOf({ "X-TC-Language": "zh-CN" })).toBe("接口版本不存在（NoSuchVersion）");
    const form = await send(port, older(port, "POST", { ...documented, Version: "1", Language: "zh-CN" }));
    expect(form.Error?.Message).toBe("接口版本不存在（NoSuchVersion）");
  });

  it("what is more than the quota of an action and region, by whatever connection it comes", async () => {
    const port = await start({ cloud: { requestsPerSecond: 2 } });
    const limited = async (action: string, count: number, region?: string) => {
      const answers = await Promise.all(Array.from({ length: count }, () => call(port, { action, region })));
      return answers.filter((answer) => codeOf(answer) === "RequestLimitExceeded").length;
    };
    expect(await limited(describing, 4)).toBe(2);
    expect(await limited(describing, 3, "ap-shanghai")).toBe(1);
    // Its documented limit is five times that of most others.
    expect(await limited("DescribeTaskList", 11)).toBe(1);
  });
});

describe("regions", () => {
  const at = (region: string, host: string) => ({ action: "DescribeInstances", region, host });

  it.each([
    ["ap-guangzhou", "localhost:8080", 2],
    ["ap-guangzhou", "redis.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.tencentcloudapi.com:443", 2],
    ["ap-guangzhou", "redis.intl.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.ap-guangzhou.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.ap-shanghai.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.intl.ap-shanghai.tencentcloudapi.com", 2],
    ["ap-shanghai", "redis.tencentcloudapi.com", 1],
    ["ap-shanghai-fsi", "127.0.0.1", 1],
    ["ap-shanghai-fsi", "redis.ap-shanghai-fsi.tencentcloudapi.com", 1],
  ])("%s answers on %s", async (region, host, count) => {
    expect(await call(await start(), at(region, host))).toMatchObject({ TotalCount: count });
  });

  it.each([
    ["ap-shanghai-fsi", "redis.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-shanghai-fsi", "redis.ap-shanghai.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-shanghai-fsi", "redis.ap-shenzhen-fsi.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-guangzhou", "redis.ap-shanghai-fsi.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-tokyo", "127.0.0.1", "UnsupportedRegion"],
    ["ap-guangzhou", "sts.tencentcloudapi.com", "InvalidAction"],
  ])("%s does not answer on %s", async (region, host, code) => {
    expect(await call(await start(), at(region, host))).toMatchObject({ Error: { Code: code } });
  });

  it("know nothing of each other", async () => {
    const port = await start();
    expect(await call(port, { ...reset, region: "ap-shanghai" })).toMatchObject({
      Error: { Code: "ResourceNotFound.InstanceNotExists" },
    });
    const { TaskId } = await call(port, reset);
    const asking = { action: "DescribeTaskInfo", parameters: { TaskId } };
    expect(await call(port, asking)).toMatchObject({ InstanceId: "crs-5a4py64p" });
    expect(await call(port, { ...asking, region: "ap-shanghai" })).toMatchObject({
      Error: { Code: "InvalidParameter.InvalidParameter" },
    });
    const other = { InstanceId: "crs-shanghai", Password: "zy456987" };
    expect(await call(port, { ...reset, parameters: other, region: "ap-shanghai" })).toMatchObject({ TaskId: 16658 });
  });
});
