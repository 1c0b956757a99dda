import { createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import { gzipSync } from "node:zlib";

import type { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { type ApiRequest, sendRequest } from "../../../../provider/tencentcloud/transport/request";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../../../support/credentials";
import { now, stopCalendar } from "../../support/clock";
import "../../support/errorsOfNode";
import { everythingOf, failureOf } from "../../support/failure";
import {
  type HttpServer,
  type Received,
  type Respond,
  answer,
  loseAnswer,
  startHttpServer,
} from "../../support/httpServer";

const wire = { transport: createHttpTransport() };

const requestId = "137c2607-07d1-4df0-9978-4b57a7ca3465";
const key = { secretId: "AKIDexample", secretKey: "theSecretKey", token: "theToken" };
const parameters = { InstanceId: "crs-5a4py64p", Password: new Secret("zy456987") };

let received: Received[];
let respond: Respond;
let server: HttpServer;

stopCalendar();

beforeEach(async () => {
  received = [];
  server = await startHttpServer((response, request) => {
    received.push(request);
    respond(response, request);
  });
});

afterEach(() => server.stop());

const send = (changes: Partial<ApiRequest> = {}) =>
  sendRequest(
    {
      endpoint: server.url,
      service: "redis",
      version: "2018-04-12",
      region: "ap-guangzhou",
      action: "ResetPassword",
      parameters,
      credentials: credentialsWith(key),
      timeoutMs: 5000,
      ...changes,
    },
    wire,
  );

/** What the reset of the password throws. */
const failure = (changes: Partial<ApiRequest> = {}) => failureOf(() => send(changes));

describe("a call that succeeds", () => {
  beforeEach(() => {
    respond = answer({ TaskId: 16657, RequestId: requestId });
  });

  it.each(["", "two words", "\u001b[2J", "x".repeat(65), "the8token"])(
    "tells of no request id where what stands in its place is none: %j",
    async (odd) => {
      respond = answer({ RequestId: odd === "the8token" ? "theToken" : odd });
      await expect(send()).resolves.toMatchObject({ RequestId: "unknown" });
    },
  );

  it("returns nothing of its own secrets, which would end up in a state", async () => {
    respond = answer({ TaskId: 1, RequestId: `${requestId} zy456987`, Tasks: [{ StartTime: "theToken" }] });
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
  ])("returns what it is told where a short %s of its own stands in it", async (_, short) => {
    respond = answer({ InstanceSet: [{ InstanceId: "crs-test0001" }], RequestId: requestId });
    await expect(send({ credentials: credentialsWith(short) })).resolves.toMatchObject({
      InstanceSet: [{ InstanceId: "crs-test0001" }],
    });
  });

  it("returns a key of 8 characters to nobody", async () => {
    respond = answer({ InstanceSet: [{ InstanceId: "crs-test0001" }], RequestId: requestId });
    const long = { secretId: "AKIDexample", secretKey: "test0001" };
    await expect(send({ credentials: credentialsWith(long) })).resolves.toMatchObject({
      InstanceSet: [{ InstanceId: "crs-[secret]" }],
    });
  });

  it("returns the keys that STS gives as they are", async () => {
    respond = answer({ Credentials: { Token: "theTokenAgain" }, RequestId: requestId });
    await expect(send({ service: "sts" })).resolves.toMatchObject({ Credentials: { Token: "theTokenAgain" } });
  });

  it("returns what is in the envelope", async () => {
    await expect(send()).resolves.toEqual({ TaskId: 16657, RequestId: requestId, answeredAtMs: Date.parse(now) });
  });

  it("tells when it was answered, by the service's clock", async () => {
    const succeed = respond;
    respond = (response, request) => {
      response.setHeader("Date", "Fri, 02 Jan 2026 03:14:05 GMT");
      succeed(response, request);
    };
    await expect(send()).resolves.toHaveProperty("answeredAtMs", Date.parse("2026-01-02T03:14:05Z"));
  });

  it("tells when it was answered, by this machine's clock, where the service tells no time", async () => {
    const succeed = respond;
    respond = (response, request) => {
      response.sendDate = false;
      succeed(response, request);
    };
    await expect(send()).resolves.toHaveProperty("answeredAtMs", Date.parse(now));
  });

  it("is one POST of JSON, with the vendor's headers", async () => {
    await send();
    expect(received).toEqual([
      {
        method: "POST",
        path: "/",
        body: '{"InstanceId":"crs-5a4py64p","Password":"zy456987"}',
        headers: expect.objectContaining({
          host: server.url.host,
          "content-type": "application/json",
          "x-tc-action": "ResetPassword",
          "x-tc-version": "2018-04-12",
          "x-tc-region": "ap-guangzhou",
          "x-tc-timestamp": "1767323045",
          "x-tc-language": "en-US",
          "x-tc-requestclient": "pulumi-tencentcloud-redis",
          "x-tc-token": "theToken",
          authorization: expect.stringMatching(
            /^TC3-HMAC-SHA256 Credential=AKIDexample\/2026-01-02\/redis\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
          ) as unknown,
        }) as unknown,
      },
    ]);
  });

  it("sends no token where the API key has none", async () => {
    await send({ credentials: credentialsWith({ ...key, token: undefined }) });
    expect(received[0]?.headers).not.toHaveProperty("x-tc-token");
  });

  it("is sent unsigned where there is no API key, as one action of STS asks for", async () => {
    await send({ credentials: undefined });
    expect(received[0]?.headers).toHaveProperty("authorization", "SKIP");
    expect(received[0]?.headers).not.toHaveProperty("x-tc-token");
  });

  it("is signed for its own service", async () => {
    await send({ service: "sts" });
    expect(received[0]?.headers.authorization).toContain("/2026-01-02/sts/tc3_request,");
  });
});

describe("a call that the service refuses", () => {
  it("says the service's message, its code, its request id, and what to do", async () => {
    respond = answer({
      Error: { Code: "ResourceUnavailable.InstanceLockedError", Message: "The instance\nis locked." },
      RequestId: requestId,
    });
    expect(await failure()).toMatchObject({
      name: "ApiError",
      action: "ResetPassword",
      code: "ResourceUnavailable.InstanceLockedError",
      requestId,
      message:
        `ResetPassword failed: The instance is locked. (ResourceUnavailable.InstanceLockedError, request ${requestId})` +
        ". Wait for the instance to be running.",
    });
  });

  it.each([
    ["ahead of", "Fri, 02 Jan 2026 02:54:05 GMT"],
    ["behind", "Fri, 02 Jan 2026 03:14:05 GMT"],
  ])("says how far this machine's clock is %s the service's", async (direction, date) => {
    respond = (response, request) => {
      response.setHeader("Date", date);
      const expired = { Code: "AuthFailure.SignatureExpire", Message: "Expired." };
      answer({ Error: expired, RequestId: requestId })(response, request);
    };
    expect(await failure()).toHaveProperty(
      "message",
      `ResetPassword failed: Expired. (AuthFailure.SignatureExpire, request ${requestId}). ` +
        `Set this machine's clock: it is 10 min ${direction} the service's.`,
    );
  });

  it("says that the clock is off also where the service tells no time", async () => {
    respond = (response, request) => {
      response.sendDate = false;
      const expired = { Code: "AuthFailure.SignatureExpire", Message: "Expired." };
      answer({ Error: expired, RequestId: requestId })(response, request);
    };
    expect(await failure()).toHaveProperty("message", expect.stringMatching(/it is more than 5 minutes away from the/));
  });

  it.each([[{}], [{ Code: 5, Message: 5 }]])(
    "says so when there is neither a code nor a message: %j",
    async (error) => {
      respond = answer({ Error: error, RequestId: requestId });
      expect(await failure()).toMatchObject({
        name: "ApiError",
        message: `ResetPassword failed: no message (no code, request ${requestId})`,
      });
    },
  );
});

const http =
  (status: number, headers: Record<string, string> = {}, body = ""): Respond =>
  (response) =>
    response.writeHead(status, headers).end(body);

const neverAnswer: Respond = () => {};

/** Text that is not HTTP, or not quite, after which the server hangs up. */
const raw =
  (text: string): Respond =>
  (response) =>
    response.socket?.end(text);

/** What ends a call without a usable answer, how far that came, and the reason that is shown. */
const unusable: [string, Respond, TransportError["outcome"], string][] = [
  ["HTTP status 500", http(500, {}, "an internal error"), "lost", "HTTP status 500 (HOST)"],
  [
    "HTTP status 500 in spite of an answer",
    http(500, {}, '{"Response":{"RequestId":"x"}}'),
    "lost",
    "HTTP status 500 (HOST)",
  ],
  ["a redirect", http(307, { Location: "/elsewhere" }), "unusable", "unexpected redirect (HOST)"],
  [
    "a page that is no JSON",
    http(200, {}, "<html>Sign in</html>"),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["an empty page", http(200), "unusable", "the answer is not the JSON that the API documents (HOST)"],
  [
    "JSON without an envelope",
    http(200, {}, '{"TaskId":1}'),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["JSON that is null", http(200, {}, "null"), "unusable", "the answer is not the JSON that the API documents (HOST)"],
  [
    "an envelope without a RequestId",
    answer({ TaskId: 1 }),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["a connection that breaks", loseAnswer, "lost", "other side closed (HOST)"],
  [
    "HTTP status 407, which is for proxies only",
    http(407),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  [
    "an answer that is packed, which nobody asked for",
    (response) =>
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync('{"Response":{"RequestId":"x"}}')),
    "unusable",
    "the answer is not the JSON that the API documents (HOST)",
  ],
  // Of what is no HTTP, the parser gives this one no code.
  [
    "a space too much",
    raw("HTTP/1.1 200 OK\r\n A: b\r\n\r\n"),
    "lost",
    "Response does not match the HTTP/1.1 protocol (Unexpected space after start line) (HOST)",
  ],
];

describe("a call without a usable answer", () => {
  it.each(unusable)("is a transport error that says why: %s", async (_, response, outcome, reason) => {
    respond = response;
    expect(await failure()).toMatchObject({
      name: "TransportError",
      action: "ResetPassword",
      outcome,
      message: `ResetPassword got no usable answer: ${reason.replaceAll("HOST", server.url.host)}`,
    });
  });

  it("is a transport error when the time for it is over", async () => {
    respond = neverAnswer;
    expect(await failure({ timeoutMs: 50 })).toMatchObject({
      name: "TransportError",
      outcome: "lost",
      message: `ResetPassword got no usable answer: no answer in time (${server.url.host})`,
    });
  });

  it("is a transport error when the time is over in the middle of its answer", async () => {
    respond = (response) => response.writeHead(200, { "Content-Length": 1000 }).write('{"Response":');
    expect(await failure({ timeoutMs: 300 })).toMatchObject({
      name: "TransportError",
      outcome: "unusable",
      message: `ResetPassword got no usable answer: the answer broke off: no answer in time (${server.url.host})`,
    });
  });

  it("is sent once only", async () => {
    respond = loseAnswer;
    await failure();
    expect(received).toHaveLength(1);
  });

  it("is not repeated at the address that a redirect names", async () => {
    respond = http(307, { Location: new URL("/elsewhere", server.url).href });
    await failure();
    expect(received).toHaveLength(1);
  });

  it("says when nobody listens at the endpoint", async () => {
    const endpoint = server.url;
    await server.stop();
    server = await startHttpServer(() => {});
    expect(await failure({ endpoint })).toMatchObject({
      name: "TransportError",
      outcome: "unreachable",
      message: `ResetPassword got no usable answer: connect ECONNREFUSED ${endpoint.host} (${endpoint.host})`,
    });
  });
});

describe("no error holds a secret", () => {
  const secrets = /zy456987|theSecretKey|theToken|Signature=|TC3-HMAC-SHA256/;

  it.each<[string, Respond]>([
    ["a refusal", answer({ Error: { Code: "InvalidParameter", Message: "No." }, RequestId: requestId })],
    ["silence", neverAnswer],
    ...unusable.map(([name, response]): [string, Respond] => [name, response]),
  ])("%s", async (_, response) => {
    respond = response;
    const error = await failure({ timeoutMs: 50 });
    expect(everythingOf(error)).not.toMatch(secrets);
  });

  it.each([
    ["token", { token: "theToken\nof two lines" }],
    ["secret id", { secretId: "AKIDexample\nof two lines" }],
  ])("a %s that no header can hold", async (_, changes) => {
    const error = await failure({ credentials: credentialsWith({ ...key, ...changes }) });
    expect(everythingOf(error)).not.toMatch(secrets);
  });

  it("a refusal that repeats what an earlier request has told", async () => {
    respond = answer({ Error: { Code: "old-password-1", Message: "No old-password-1." }, RequestId: "r1" });
    const redactor = new Redactor();
    redactor.remember(new Secret("old-password-1"));
    expect(everythingOf(await failure({ redactor }))).not.toContain("old-password-1");
    respond = answer({ Error: { Code: "AuthFailure", Message: "No test here." }, RequestId: requestId });
    const short = { secretId: "AKIDexample", secretKey: "test" };
    expect(everythingOf(await failure({ credentials: credentialsWith(short) }))).not.toContain("test here");
  });

  it.each<[string, (request: Received) => unknown, string]>([
    ["body", ({ body }) => body, '{"InstanceId":"crs-5a4py64p","Password":"[secret]"}'],
    ["password, twice", () => "zy456987 or zy456987", "[secret] or [secret]"],
    ["token", ({ headers }) => headers["x-tc-token"], "[secret]"],
    ["Authorization header", ({ headers }) => headers.authorization, "[secret]"],
  ])("a refusal that repeats the request's %s", async (_, part, shown) => {
    respond = (response, request) => {
      const refusal = { Code: "InvalidRequest", Message: `Not valid: ${String(part(request))}` };
      answer({ Error: refusal, RequestId: requestId })(response, request);
    };
    const error = await failure();
    expect(everythingOf(error)).not.toMatch(secrets);
    expect(error).toHaveProperty(
      "message",
      `ResetPassword failed: Not valid: ${shown} (InvalidRequest, request ${requestId})`,
    );
  });
});

describe("base64 of the whole request is cut out of a refusal", () => {
  const body = JSON.stringify({ ...parameters, Password: "zy456987" });

  it.each<[string, string]>([
    ["with padding", Buffer.from(body).toString("base64")],
    ["without padding", Buffer.from(body).toString("base64").replace(/=+$/, "")],
    ["for URLs", Buffer.from(body).toString("base64url")],
    ["in a URL", encodeURIComponent(Buffer.from(body).toString("base64"))],
    ["in JSON", Buffer.from(body).toString("base64").replaceAll("/", "\\/")],
  ])("%s", async (_, encoded) => {
    respond = answer({ Error: { Code: "InternalError", Message: `got ${encoded}.` }, RequestId: requestId });
    expect(String(await failure())).toMatch(/failed: got \[secret\](=|%3D)*\. \(InternalError/);
  });

  it.each([1, 2, 5])("behind a head of %i bytes, and of a part of it", async (length) => {
    const encoded = Buffer.from(`${"h".repeat(length)}${body}`).toString("base64");
    for (const part of [encoded, encoded.slice(0, 40), encoded.slice(-30)]) {
      respond = answer({ Error: { Code: "InternalError", Message: `got ${part}.` }, RequestId: requestId });
      expect(String(await failure())).toMatch(/failed: got .{0,8}(\[secret\])+.{0,6}\. \(InternalError/);
    }
  });

  it("and what a message says of the instance stays", async () => {
    const Message = 'Instance "crs-5a4py64p" of InstanceId is busy';
    respond = answer({ Error: { Code: "InternalError", Message }, RequestId: requestId });
    expect(String(await failure())).toContain(Message);
  });
});
