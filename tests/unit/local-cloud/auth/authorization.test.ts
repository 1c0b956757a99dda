import { createHmac } from "node:crypto";

import { ApiKeys } from "../../../../local-cloud/auth/apiKeys";
import { verifyAuthorization } from "../../../../local-cloud/auth/authorization";
import { catchError } from "../../support/failure";
import { arrived } from "../support/requests";

describe("TC3-HMAC-SHA256", () => {
  // The vendor's published example, https://cloud.tencent.com/document/api/239/20020.
  const key = { secretId: `AKID${"*".repeat(32)}`, secretKey: "*".repeat(32) };
  const body = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
  const timestamp = 1551113065;
  const signature = "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f";
  const authorization =
    `TC3-HMAC-SHA256 Credential=${key.secretId}/2019-02-25/cvm/tc3_request, ` +
    `SignedHeaders=content-type;host;x-tc-action, Signature=${signature}`;
  const headers = {
    authorization,
    "content-type": "application/json; charset=utf-8",
    host: "cvm.tencentcloudapi.com",
    "x-tc-action": "DescribeInstances",
    "x-tc-timestamp": String(timestamp),
  };

  /** Verifies the example with some changes. */
  const verify = (changes: { headers?: object; url?: string; body?: string; key?: object; now?: number } = {}) =>
    verifyAuthorization(
      arrived({ url: changes.url, headers: { ...headers, ...changes.headers }, body: changes.body ?? body }),
      new ApiKeys([{ ...key, accountId: "1", ...changes.key }]),
      changes.now ?? timestamp,
    );

  it.each([
    ["the vendor's example", {}],
    [
      "the example without spaces between its parts",
      { headers: { authorization: authorization.replaceAll(", ", ",") } },
    ],
    ["a request with unsigned headers", { headers: { "x-tc-region": "ap-guangzhou" } }],
    ["a request with an unsigned port", { headers: { host: `${headers.host}:443` } }],
    ["a timestamp that is 5 minutes old", { now: timestamp + 300 }],
    ["a timestamp that is 5 minutes in the future", { now: timestamp - 300 }],
  ])("is accepted for %s", (_, changes) => {
    expect(verify(changes)).toEqual({ caller: { accountId: "1" }, signedFor: "cvm" });
  });

  const changed = (from: string, to: string) => ({ headers: { authorization: authorization.replace(from, to) } });

  it.each([
    ["another body", { body: `${body} ` }, "SignatureFailure"],
    ["another host", { headers: { host: "redis.tencentcloudapi.com" } }, "SignatureFailure"],
    ["another action", { headers: { "x-tc-action": "ResetPassword" } }, "SignatureFailure"],
    ["another content type", { headers: { "content-type": "application/json" } }, "SignatureFailure"],
    ["another path", { url: "/redis" }, "SignatureFailure"],
    ["a query", { url: "/?Limit=1" }, "SignatureFailure"],
    [
      "a body that is declared as unsigned",
      { headers: { "x-tc-content-sha256": "UNSIGNED-PAYLOAD" } },
      "SignatureFailure",
    ],
    ["another time of the day", { headers: { "x-tc-timestamp": String(timestamp + 1) } }, "SignatureFailure"],
    ["another service", changed("/cvm/", "/redis/"), "SignatureFailure"],
    ["another secret key", { key: { secretKey: "another" } }, "SignatureFailure"],
    ["another signature", changed(signature, "0".repeat(64)), "SignatureFailure"],
    ["another secret id", { key: { secretId: "another" } }, "SecretIdNotFound"],
    ["a timestamp that is older", { now: timestamp + 301 }, "SignatureExpire"],
    ["a timestamp that is further in the future", { now: timestamp - 301 }, "SignatureExpire"],
    ["another date", changed("2019-02-25", "2019-02-26"), "InvalidAuthorization"],
    ["no Authorization header", { headers: { authorization: undefined } }, "InvalidAuthorization"],
    ["another type of Authorization header", { headers: { authorization: "Bearer abc" } }, "InvalidAuthorization"],
    ["a tab instead of a space", changed(", SignedHeaders", ",\tSignedHeaders"), "InvalidAuthorization"],
    ["a truncated signature", changed(signature, signature.slice(1)), "InvalidAuthorization"],
    ["a signature in uppercase", changed(signature, signature.toUpperCase()), "InvalidAuthorization"],
    ["no timestamp", { headers: { "x-tc-timestamp": undefined } }, "InvalidAuthorization"],
    ["a timestamp with a fraction", { headers: { "x-tc-timestamp": `${timestamp}.0` } }, "InvalidAuthorization"],
    ["an unsigned host", changed(";host", ""), "InvalidAuthorization"],
    ["an unsigned content type", changed("content-type;", ""), "InvalidAuthorization"],
    ["SKIP instead of a signature", { headers: { authorization: "SKIP" } }, "InvalidAuthorization"],
  ])("is refused with %s", async (_, changes, code) => {
    expect(await catchError(() => verify(changes))).toMatchObject({ name: "CloudError", code: `AuthFailure.${code}` });
  });

  it("is refused after a change of any byte", async () => {
    const changedAt = (text: string, index: number) =>
      `${text.slice(0, index)}${text[index] === "x" ? "y" : "x"}${text.slice(index + 1)}`;
    for (let index = 0; index < authorization.length; index++) {
      const other = { authorization: changedAt(authorization, index) };
      expect(await catchError(() => verify({ headers: other }))).toMatchObject({ name: "CloudError" });
    }
    for (let index = 0; index < body.length; index++) {
      expect(await catchError(() => verify({ body: changedAt(body, index) }))).toMatchObject({
        code: "AuthFailure.SignatureFailure",
      });
    }
  });
});

describe("the older signatures", () => {
  // The vendor's published example, https://cloud.tencent.com/document/product/849/52015.
  const key = { secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", secretKey: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE" };
  const fields = {
    Action: "DescribeInstances",
    "InstanceIds.0": "ins-09dx96dg",
    Limit: "20",
    Nonce: "11886",
    Offset: "0",
    Region: "ap-guangzhou",
    SecretId: key.secretId,
    Timestamp: "1465185768",
    Version: "2017-03-12",
  };
  const signature = "EliP9YW3pW28FpsEdkXt/+WcGeI=";
  const host = "cvm.tencentcloudapi.com";

  const verify = (changes: { fields?: object; host?: string; now?: number; secretKey?: string; url?: string } = {}) => {
    const query = new URLSearchParams({ ...fields, Signature: signature, ...changes.fields }).toString();
    return verifyAuthorization(
      arrived({ method: "GET", url: `/?${query}`, headers: { host: changes.host ?? host } }),
      new ApiKeys([{ ...key, accountId: "1", secretKey: changes.secretKey ?? key.secretKey }]),
      changes.now ?? Number(fields.Timestamp),
    );
  };

  it.each([
    ["the vendor's example", {}],
    ["an unsigned port", { host: `${host}:443` }],
  ])("are accepted for %s", (_, changes) => {
    expect(() => verify(changes)).not.toThrow();
  });

  it.each([
    ["HmacSHA256 in a form", "HmacSHA256", "sha256", "127.0.0.1:8080"],
    ["HmacSHA1 in a form", "HmacSHA1", "sha1", "127.0.0.1:8080"],
    ["a URL as the host", "HmacSHA256", "sha256", "http://127.0.0.1:8080"],
  ])("are accepted for %s", (_, method, algorithm, signedHost) => {
    const all: Record<string, string> = { ...fields, Password: "a b+c=&?中", SignatureMethod: method };
    const text = Object.keys(all)
      .sort()
      .map((name) => `${name}=${all[name] ?? ""}`)
      .join("&");
    const Signature = createHmac(algorithm, key.secretKey).update(`POST${signedHost}/?${text}`).digest("base64");
    const request = arrived({
      headers: { host: signedHost, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...all, Signature }).toString(),
    });
    expect(() =>
      verifyAuthorization(request, new ApiKeys([{ ...key, accountId: "1" }]), Number(fields.Timestamp)),
    ).not.toThrow();
  });

  it.each([
    ["another field", { fields: { Limit: "21" } }, "AuthFailure.SignatureFailure"],
    ["an additional field", { fields: { Filter: "" } }, "AuthFailure.SignatureFailure"],
    ["another host", { host: "redis.tencentcloudapi.com" }, "AuthFailure.SignatureFailure"],
    ["another secret key", { secretKey: "other" }, "AuthFailure.SignatureFailure"],
    ["another signature", { fields: { Signature: "中" } }, "AuthFailure.SignatureFailure"],
    ["another method", { fields: { SignatureMethod: "HmacSHA256" } }, "AuthFailure.SignatureFailure"],
    ["an unknown method", { fields: { SignatureMethod: "HmacMD5" } }, "InvalidParameterValue"],
    ["another secret id", { fields: { SecretId: "other" } }, "AuthFailure.SecretIdNotFound"],
    ["an old timestamp", { now: 1465185768 + 301 }, "AuthFailure.SignatureExpire"],
    ["no secret id", { fields: { SecretId: "" } }, "MissingParameter"],
    ["no signature", { fields: { Signature: "" } }, "MissingParameter"],
    ["no nonce", { fields: { Nonce: "" } }, "MissingParameter"],
    ["no timestamp", { fields: { Timestamp: "" } }, "MissingParameter"],
    ["an invalid timestamp", { fields: { Timestamp: "now" } }, "InvalidParameter"],
  ])("are refused with %s", async (_, changes, code) => {
    expect(await catchError(() => verify(changes))).toMatchObject({ name: "CloudError", code });
  });
});
