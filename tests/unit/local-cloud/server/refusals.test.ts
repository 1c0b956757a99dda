import { passwords, records, start, stopAll } from "../support/cloud";
import { type Answer, call, send } from "../support/exchange";
import { expired, permanent, temporary } from "../support/keys";
import { type Call, type Sent, documented, json, older, reset, tc3 } from "../support/requests";

afterEach(stopAll);

describe("refuses", () => {
  const readCode = ({ Error }: Answer): string | undefined => Error?.Code;
  const describing = "DescribeInstances";

  it.each<[string, Call, string]>([
    ["a signature for another service", { ...reset, service: "cvm" }, "AuthFailure.SignatureFailure"],
    ["a signature for a later part of the address", { ...reset, service: "0" }, "AuthFailure.SignatureFailure"],
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
    ["10 MB of invalid JSON", { action: describing, body: "x".repeat(10 * 1024 ** 2) }, "InvalidRequest"],
  ])("a signed request with %s", async (_, request, code) => {
    const port = await start();
    expect(readCode(await call(port, request))).toBe(code);
    expect(passwords.size).toBe(0);
    expect(records).toMatchObject([{ code, taskId: null }]);
  });

  it.each<[string, (port: number) => Sent, string]>([
    ["the method PUT", (port) => ({ ...json(port, reset), method: "PUT" }), "UnsupportedProtocol"],
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
  ])("%s, which no client sends", async (_, sent, code) => {
    const port = await start();
    expect(readCode(await send(port, sent(port)))).toBe(code);
  });

  it("in the requested language", async () => {
    const port = await start();
    const sendForMessage = async (headers: Record<string, string>) =>
      (await call(port, { ...reset, version: "1", headers })).Error?.Message;
    const english = "The specified API version does not exist.";
    expect(await sendForMessage({})).toBe(english);
    expect(await sendForMessage({ "X-TC-Language": "en-US" })).toBe(english);
    expect(await sendForMessage({ "X-TC-Language": "zh-CN" })).toBe("接口版本不存在（NoSuchVersion）");
    const form = await send(port, older(port, "POST", { ...documented, Version: "1", Language: "zh-CN" }));
    expect(form.Error?.Message).toBe("接口版本不存在（NoSuchVersion）");
  });

  it("requests above the quota of an action and a region, over all connections", async () => {
    const port = await start({ cloud: { requestsPerSecond: 2 } });
    const limited = async (action: string, count: number, region?: string) => {
      const answers = await Promise.all(Array.from({ length: count }, () => call(port, { action, region })));
      return answers.filter((answer) => readCode(answer) === "RequestLimitExceeded").length;
    };
    expect(await limited(describing, 4)).toBe(2);
    expect(await limited(describing, 3, "ap-shanghai")).toBe(1);
    // The documented limit of this action is five times that of most others.
    expect(await limited("DescribeTaskList", 11)).toBe(1);
  });
});
