import type { IncomingMessage } from "node:http";

import { verifyAuthorization } from "../../../local-cloud/authorization";
import { failureOf } from "../support/failure";

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

/** Verifies the example, but for some changes of it. */
function verify(changes: { headers?: object; url?: string; body?: string; key?: object; now?: number } = {}): void {
  const request = { method: "POST", url: changes.url ?? "/", headers: { ...headers, ...changes.headers } };
  verifyAuthorization(
    request as unknown as IncomingMessage,
    Buffer.from(changes.body ?? body),
    { ...key, ...changes.key },
    changes.now ?? timestamp,
  );
}

it.each([
  ["the vendor's example", {}],
  ["no spaces between the parts", { headers: { authorization: authorization.replaceAll(", ", ",") } }],
  ["headers that are not signed", { headers: { "x-tc-region": "ap-guangzhou" } }],
  ["a clock that is 5 minutes slow", { now: timestamp + 300 }],
  ["a clock that is 5 minutes fast", { now: timestamp - 300 }],
])("is accepted: %s", (_, changes) => {
  expect(() => verify(changes)).not.toThrow();
});

const changed = (from: string, to: string) => ({ headers: { authorization: authorization.replace(from, to) } });

it.each([
  ["another body", { body: `${body} ` }, "SignatureFailure"],
  ["another host", { headers: { host: "redis.tencentcloudapi.com" } }, "SignatureFailure"],
  ["another action", { headers: { "x-tc-action": "ResetPassword" } }, "SignatureFailure"],
  ["another content type", { headers: { "content-type": "application/json" } }, "SignatureFailure"],
  ["another path", { url: "/redis" }, "SignatureFailure"],
  ["a query", { url: "/?Limit=1" }, "SignatureFailure"],
  ["another time of the day", { headers: { "x-tc-timestamp": String(timestamp + 1) } }, "SignatureFailure"],
  ["another service", changed("/cvm/", "/redis/"), "SignatureFailure"],
  ["another secret key", { key: { secretKey: "another" } }, "SignatureFailure"],
  ["another signature", changed(signature, "0".repeat(64)), "SignatureFailure"],
  ["another secret id", { key: { secretId: "another" } }, "SecretIdNotFound"],
  ["a clock that is slower", { now: timestamp + 301 }, "SignatureExpire"],
  ["a clock that is faster", { now: timestamp - 301 }, "SignatureExpire"],
  ["another date", changed("2019-02-25", "2019-02-26"), "InvalidAuthorization"],
  ["no header", { headers: { authorization: undefined } }, "InvalidAuthorization"],
  ["a header of another kind", { headers: { authorization: "Bearer abc" } }, "InvalidAuthorization"],
  ["a signature that is cut off", changed(signature, signature.slice(1)), "InvalidAuthorization"],
  ["no timestamp", { headers: { "x-tc-timestamp": undefined } }, "InvalidAuthorization"],
  ["a host that is not signed", changed(";host", ""), "InvalidAuthorization"],
  ["a content type that is not signed", changed("content-type;", ""), "InvalidAuthorization"],
])("is refused: %s", async (_, changes, code) => {
  expect(await failureOf(() => verify(changes))).toMatchObject({ name: "CloudError", code: `AuthFailure.${code}` });
});
