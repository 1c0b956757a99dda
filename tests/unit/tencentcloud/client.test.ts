import { inspect } from "node:util";

import { type CallLimits, type Client, createClient } from "../../../provider/tencentcloud/client";
import { stopCalendar } from "../support/clock";
import "../support/errorsOfNode";
import { failureOf } from "../support/failure";
import {
  type HttpServer,
  type Received,
  type Respond,
  answer,
  loseAnswer,
  startHttpServer,
} from "../support/httpServer";

const requestId = "137c2607-07d1-4df0-9978-4b57a7ca3465";
const credentials = { secretId: "AKIDexample", secretKey: "theSecretKey", token: "theToken" };
const parameters = { InstanceId: "crs-5a4py64p", Password: "zy456987" };

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

const client = (changes: object = {}, endpoint = server.url) =>
  createClient({ endpoint, region: "ap-guangzhou", credentials: { ...credentials, ...changes } });

/** What the reset of the password throws. */
const failure = (call: Client = client(), limits: CallLimits = {}) =>
  failureOf(() => call("ResetPassword", parameters, limits));

describe("a call that succeeds", () => {
  beforeEach(() => {
    respond = answer({ TaskId: 16657, RequestId: requestId });
  });

  it("returns what is in the envelope", async () => {
    await expect(client()("ResetPassword", parameters)).resolves.toEqual({ TaskId: 16657, RequestId: requestId });
  });

  it("is one POST of JSON, with the vendor's headers", async () => {
    await client()("ResetPassword", parameters);
    expect(received).toEqual([
      {
        method: "POST",
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
    await client({ token: undefined })("ResetPassword", parameters);
    expect(received[0]?.headers).not.toHaveProperty("x-tc-token");
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
        "; run pulumi up again once the instance is running",
    });
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

/** What ends a call without a usable answer, and the reason that is shown. */
const unusable: [string, Respond, string][] = [
  ["HTTP status 500", http(500, {}, "an internal error"), "HTTP status 500 (HOST)"],
  ["HTTP status 500 in spite of an answer", http(500, {}, '{"Response":{"RequestId":"x"}}'), "HTTP status 500 (HOST)"],
  ["a redirect", http(307, { Location: "/elsewhere" }), "unexpected redirect (HOST)"],
  [
    "a page that is no JSON",
    http(200, {}, "<html>Sign in</html>"),
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["an empty page", http(200), "the answer is not the JSON that the API documents (HOST)"],
  [
    "JSON without an envelope",
    http(200, {}, '{"TaskId":1}'),
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["JSON that is null", http(200, {}, "null"), "the answer is not the JSON that the API documents (HOST)"],
  [
    "an envelope without a RequestId",
    answer({ TaskId: 1 }),
    "the answer is not the JSON that the API documents (HOST)",
  ],
  ["a connection that breaks", loseAnswer, "other side closed (HOST)"],
];

describe("a call without a usable answer", () => {
  it.each(unusable)("is a transport error that says why: %s", async (_, response, reason) => {
    respond = response;
    expect(await failure()).toMatchObject({
      name: "TransportError",
      action: "ResetPassword",
      message: `ResetPassword got no usable answer: ${reason.replaceAll("HOST", server.url.host)}`,
    });
  });

  it("is a transport error when the time for it is over", async () => {
    respond = neverAnswer;
    expect(await failure(client(), { timeoutMs: 50 })).toMatchObject({
      name: "TransportError",
      message: `ResetPassword got no usable answer: no answer in time (${server.url.host})`,
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
    expect(await failure(client({}, endpoint))).toMatchObject({
      name: "TransportError",
      message: `ResetPassword got no usable answer: connect ECONNREFUSED ${endpoint.host} (${endpoint.host})`,
    });
  });
});

describe("no error holds a secret", () => {
  /** All that is to be seen of an error, by any means. */
  const everythingOf = (error: unknown): string =>
    [
      String(error),
      String((error as Error).stack),
      inspect(error, { depth: null, showHidden: true, getters: true }),
    ].join("\n");

  const secrets = /zy456987|theSecretKey|theToken|Signature=|TC3-HMAC-SHA256/;

  it.each<[string, Respond]>([
    ["a refusal", answer({ Error: { Code: "InvalidParameter", Message: "No." }, RequestId: requestId })],
    ["silence", neverAnswer],
    ...unusable.map(([name, response]): [string, Respond] => [name, response]),
  ])("%s", async (_, response) => {
    respond = response;
    const error = await failure(client(), { timeoutMs: 50 });
    expect(everythingOf(error)).not.toMatch(secrets);
  });

  // What fetch says of a header that it does not take repeats the header.
  it.each([
    ["token", { token: "theToken\nof two lines" }],
    ["secret id", { secretId: "AKIDexample\nof two lines" }],
  ])("a %s that no header can hold", async (_, changes) => {
    const error = await failure(client(changes));
    expect(everythingOf(error)).not.toMatch(secrets);
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
