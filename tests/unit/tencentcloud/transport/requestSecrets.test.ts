import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../../../support/credentials";
import { key, requestId, useApiRequests } from "../../support/apiRequests";
import { catchError, inspectError } from "../../support/failure";
import { type Received, type Respond, answer, neverAnswer } from "../../support/httpServer";
import { unusableAnswers } from "../../support/unusableAnswers";

const { server, send, sendFailing } = useApiRequests();

describe("a call that succeeds", () => {
  it("returns none of the request's secrets, which would be recorded in a state", async () => {
    server.respond = answer({ TaskId: 1, RequestId: `${requestId} zy456987`, Tasks: [{ StartTime: "theToken" }] });
    await expect(send()).resolves.toMatchObject({
      TaskId: 1,
      RequestId: "unknown",
      Tasks: [{ StartTime: "[secret]" }],
    });
  });

  it.each([
    ["key", { secretId: "AKIDexample", secretKey: "test" }],
    ["token", { ...key, token: "test" }],
    ["key of 7 characters", { secretId: "AKIDexample", secretKey: "s-test0" }],
  ])("returns the content unchanged if it contains only a short %s", async (_, short) => {
    server.respond = answer({ InstanceSet: [{ InstanceId: "crs-test0001" }], RequestId: requestId });
    await expect(send({ credentials: credentialsWith(short) })).resolves.toMatchObject({
      InstanceSet: [{ InstanceId: "crs-test0001" }],
    });
  });

  it("redacts a key of 8 characters in the content", async () => {
    server.respond = answer({ InstanceSet: [{ InstanceId: "crs-test0001" }], RequestId: requestId });
    const long = { secretId: "AKIDexample", secretKey: "test0001" };
    await expect(send({ credentials: credentialsWith(long) })).resolves.toMatchObject({
      InstanceSet: [{ InstanceId: "crs-[secret]" }],
    });
  });

  it("returns the keys from STS unchanged", async () => {
    server.respond = answer({ Credentials: { Token: "theTokenAgain" }, RequestId: requestId });
    await expect(send({ service: "sts" })).resolves.toMatchObject({ Credentials: { Token: "theTokenAgain" } });
  });
});

describe("no error holds a secret", () => {
  const secrets = /zy456987|theSecretKey|theToken|Signature=|TC3-HMAC-SHA256/;

  it.each<[string, Respond]>([
    ["a refusal", answer({ Error: { Code: "InvalidParameter", Message: "No." }, RequestId: requestId })],
    ["no response", neverAnswer],
    ...unusableAnswers.map(([name, response]): [string, Respond] => [name, response]),
  ])("the error after %s shows no secret", async (_, response) => {
    server.respond = response;
    const error = await sendFailing({ timeoutMs: 50 });
    expect(inspectError(error)).not.toMatch(secrets);
  });

  it.each([
    ["token", { token: "theToken\nof two lines" }],
    ["secret id", { secretId: "AKIDexample\nof two lines" }],
  ])("the error about a %s that is invalid in a header", async (_, changes) => {
    const error = await sendFailing({ credentials: credentialsWith({ ...key, ...changes }) });
    expect(inspectError(error)).not.toMatch(secrets);
  });

  it("the error after a refusal that repeats a secret of an earlier request", async () => {
    server.respond = answer({ Error: { Code: "old-password-1", Message: "No old-password-1." }, RequestId: "r1" });
    const redactor = new Redactor();
    redactor.remember(new Secret("old-password-1"));
    expect(inspectError(await sendFailing({ redactor }))).not.toContain("old-password-1");
    server.respond = answer({ Error: { Code: "AuthFailure", Message: "No test here." }, RequestId: requestId });
    const short = { secretId: "AKIDexample", secretKey: "test" };
    expect(inspectError(await sendFailing({ credentials: credentialsWith(short) }))).not.toContain("test here");
  });

  it.each<[string, (request: Received) => unknown, string]>([
    ["body", ({ body }) => body, '{"InstanceId":"crs-5a4py64p","Password":"[secret]"}'],
    ["password, twice", () => "zy456987 or zy456987", "[secret] or [secret]"],
    ["token", ({ headers }) => headers["x-tc-token"], "[secret]"],
    ["Authorization header", ({ headers }) => headers.authorization, "[secret]"],
    ["signature", ({ headers }) => signatureIn(headers), "[secret]"],
    ["signature, cut off", ({ headers }) => signatureIn(headers)?.slice(0, 20), "[secret]"],
  ])("the error after a refusal that repeats the request's %s", async (_, part, shown) => {
    server.respond = (response, request) => {
      const refusal = { Code: "InvalidRequest", Message: `Not valid: ${String(part(request))}` };
      answer({ Error: refusal, RequestId: requestId })(response, request);
    };
    const error = await sendFailing();
    expect(inspectError(error)).not.toMatch(secrets);
    expect(error).toHaveProperty(
      "message",
      `ResetPassword failed: Not valid: ${shown} (InvalidRequest, request ${requestId})`,
    );
  });
});

const signatureIn = ({ authorization }: Received["headers"]) => String(authorization).split("Signature=")[1];

it("the reason for a missing response loses the request's secrets, and nothing else of the failure", async () => {
  const lost = new TransportError("Anything", "lost", "got zy456987 of theToken", { isTimeout: true });
  const error = await catchError(() => send({}, () => Promise.reject(lost)));
  expect(error).toMatchObject({
    name: "TransportError",
    outcome: "lost",
    isTimeout: true,
    message: "ResetPassword got no usable answer: got [secret] of [secret]",
  });
});

describe("base64 of the whole request is removed from a refusal", () => {
  const body = '{"InstanceId":"crs-5a4py64p","Password":"zy456987"}';

  it.each<[string, string]>([
    ["with padding", Buffer.from(body).toString("base64")],
    ["without padding", Buffer.from(body).toString("base64").replace(/=+$/, "")],
    ["for URLs", Buffer.from(body).toString("base64url")],
    ["in a URL", encodeURIComponent(Buffer.from(body).toString("base64"))],
    ["in JSON", Buffer.from(body).toString("base64").replaceAll("/", "\\/")],
  ])("%s", async (_, encoded) => {
    server.respond = answer({ Error: { Code: "InternalError", Message: `got ${encoded}.` }, RequestId: requestId });
    expect(String(await sendFailing())).toMatch(/failed: got \[secret\](=|%3D)*\. \(InternalError/);
  });

  it.each([1, 2, 5])("after a prefix of %i bytes, and if it is incomplete", async (length) => {
    const encoded = Buffer.from(`${"h".repeat(length)}${body}`).toString("base64");
    for (const part of [encoded, encoded.slice(0, 40), encoded.slice(-30)]) {
      server.respond = answer({ Error: { Code: "InternalError", Message: `got ${part}.` }, RequestId: requestId });
      expect(String(await sendFailing())).toMatch(/failed: got .{0,8}(\[secret\])+.{0,6}\. \(InternalError/);
    }
  });

  it("and the instance's data in a message stays", async () => {
    const Message = 'Instance "crs-5a4py64p" of InstanceId is busy';
    server.respond = answer({ Error: { Code: "InternalError", Message }, RequestId: requestId });
    expect(String(await sendFailing())).toContain(Message);
  });
});
