import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import fc from "fast-check";

import type { Credentials } from "../../../provider/tencentcloud/transport/signature";
import { resolveCredentials } from "../../../provider/tencentcloud/credentials";
import { fromCvmRole } from "../../../provider/tencentcloud/credentials/fromCvmRole";
import { sendRequest } from "../../../provider/tencentcloud/transport/request";
import { credentialsWith } from "../../support/credentials";
import "../support/errorsOfNode";
import { credentialContext } from "../support/credentialContext";
import { anyText, canary, jsonValue, secretKey, secretText } from "./support/arbitraries";
import { holds } from "./support/property";
import { type RawServer, http, ok, startRawServer } from "./support/rawServer";
import { expectOwnError } from "./support/shown";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";

const wire = { transport: createHttpTransport(() => undefined), clock: systemClock };

let server: RawServer;
let home: string;
beforeAll(async () => {
  server = await startRawServer();
  home = mkdtempSync(path.join(tmpdir(), "home-"));
});
afterAll(async () => {
  rmSync(home, { recursive: true });
  await server.stop();
});

const key = { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_SECRET_KEY: `${canary}-key` };
const role = { TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r" };

/** Either a key pair that a request can be signed and sent with, or an error of ours that holds no secret. */
async function judge(find: () => Promise<Credentials>): Promise<void> {
  const found = await find().catch((error: unknown) => error as Error);
  if (found instanceof Error) {
    expectOwnError(found);
    return;
  }
  expect(typeof found.secretId).toBe("string");
  server.reply = () => ok({ Error: { Code: "x", Message: "y" }, RequestId: "r1" });
  const [endpoint, region, timeoutMs] = [server.url, "ap-guangzhou", 2000];
  const request = { endpoint, service: "redis", version: "v", region, action: "A", parameters: {}, timeoutMs } as const;
  const error: unknown = await sendRequest({ ...request, redactor: new Redactor(), credentials: found }, wire).catch(
    (thrown: unknown) => thrown,
  );
  expectOwnError(error);
  expect((error as Error).name).toBe("ApiError");
}

const keyOrNot = fc.oneof(secretKey, secretText, jsonValue);
const temporary = fc.oneof(
  fc.record(
    { TmpSecretId: fc.oneof(fc.constant("AKID"), keyOrNot), TmpSecretKey: keyOrNot, Token: keyOrNot },
    { requiredKeys: [] },
  ),
  jsonValue,
);
const ended = fc.oneof(fc.constant(4_000_000_000), jsonValue);

it("any credentials from STS are usable, or rejected in one clear line", () =>
  holds("anyTemporaryKey", fc.tuple(temporary, ended), async ([granted, ExpiredTime]) => {
    server.reply = () => ok({ Credentials: granted, ExpiredTime, RequestId: "r1" });
    await judge(() =>
      resolveCredentials(credentialContext({ environment: { ...key, ...role }, stsEndpoint: () => server.url })),
    );
  }));

const metadata = fc.record(
  {
    Code: fc.oneof(fc.constant("Success"), fc.constant("Success"), anyText, fc.constant("long".repeat(1000))),
    TmpSecretId: fc.oneof(fc.constant("AKID"), keyOrNot),
    TmpSecretKey: keyOrNot,
    Token: keyOrNot,
    ExpiredTime: ended,
  },
  { requiredKeys: [] },
);

it("any response of the metadata service is usable, or rejected in one clear line", () =>
  holds(
    "anyMetadata",
    fc.tuple(
      fc.oneof(fc.constant("role"), anyText),
      fc.oneof(metadata, jsonValue, fc.constant("x".repeat(100_000))),
      fc.integer({ min: 200, max: 599 }),
    ),
    async ([list, answered, status]) => {
      let turn = 0;
      const replies = [
        http(turn === 0 ? 200 : status, list),
        http(status < 400 ? 200 : status, JSON.stringify(answered)),
      ];
      server.reply = () => replies[Math.min(turn++, 1)] ?? "";
      const environment = { TENCENTCLOUD_METADATA_ENDPOINT: server.url.href };
      await judge(async () => {
        const found = await fromCvmRole(credentialContext({ environment }));
        return "credentials" in found
          ? found.credentials
          : credentialsWith({ secretId: "AKIDnone", secretKey: "none" });
      });
    },
  ));

const profileText = fc.oneof(
  jsonValue.map((value) => JSON.stringify(value)),
  fc
    .dictionary(fc.constantFrom("secretId", "secretKey", "token", "expiresAt", "role-arn"), keyOrNot)
    .map((profile) => JSON.stringify(profile)),
  secretText,
  fc
    .array(fc.tuple(fc.constantFrom("secret_id", "secret_key", "token", "[default]", "__proto__", "[]"), secretText))
    .map((lines) => ["[default]", ...lines.map(([name, text]) => `${name} = ${text}`)].join("\n")),
);

it("any profile file is usable, or rejected in one clear line", () =>
  holds(
    "anyProfile",
    fc.tuple(fc.constantFrom(".tccli/default.credential", ".tencentcloud/credentials"), profileText),
    async ([name, text]) => {
      const file = path.join(home, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      await judge(() => resolveCredentials(credentialContext({ homeDirectory: home, stsEndpoint: () => server.url })));
      rmSync(file);
    },
  ));

const roleText = fc.oneof(
  jsonValue.map((value) => JSON.stringify(value)),
  fc
    .dictionary(
      fc.constantFrom("roleArn", "sessionName", "sessionDuration", "policy", "externalId", "tokenCode", "providerId"),
      fc.oneof(anyText, jsonValue),
    )
    .map((value) => JSON.stringify(value)),
  // An empty one counts as not set.
  anyText.filter((text) => text !== ""),
);

it.each(["assumeRole", "assumeRoleWithWebIdentity"])(
  "any value of tencentcloud:%s is a role, or rejected by name",
  (name) =>
    holds(name === "assumeRole" ? "anyAssumeRole" : "anyWebIdentity", roleText, async (text) => {
      server.reply = () => ok({ Error: { Code: "InvalidParameter", Message: "no" }, RequestId: "r1" });
      const config = { [`tencentcloud:${name}`]: text };
      const find = () =>
        resolveCredentials(credentialContext({ config, environment: key, stsEndpoint: () => server.url }));
      const error = await find().catch((thrown: unknown) => thrown as Error);
      expectOwnError(error);
      expect((error as Error).message).toMatch(/tencentcloud:assumeRole|^The role .* could not be assumed: /);
    }),
);
