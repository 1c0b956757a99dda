import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import fc from "fast-check";

import type { TransportError } from "../../../provider/tencentcloud/errors/errors";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { sendRequest } from "../../../provider/tencentcloud/transport/request";
import { credentialsWith } from "../../support/credentials";
import "../support/errorsOfNode";
import { canary, anyText, jsonValue, oddName, secretKey, secretPassword } from "./support/arbitraries";
import { holds } from "./support/property";
import { type RawServer, type Received, http, ok, startRawServer } from "./support/rawServer";
import { expectOwnError, expectReadable, shown } from "./support/shown";
import { spelling } from "./support/spellings";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";

const wire = { transport: createHttpTransport(() => undefined), clock: systemClock };

let server: RawServer;
beforeAll(async () => (server = await startRawServer()));
afterAll(() => server.stop());

/** Returns the outcome of a reset with this server: a result, or an error of ours. */
async function awaitOutcome(reply: RawServer["reply"], secrets = plain): Promise<object> {
  server.reply = reply;
  server.received = 0;
  const { password, ...key } = secrets;
  const request = {
    endpoint: server.url,
    service: "redis",
    version: "2018-04-12",
    region: "ap-guangzhou",
    action: "ResetPassword",
    parameters: { InstanceId: "crs-5a4py64p", Password: new Secret(password) },
    credentials: credentialsWith(key),
    timeoutMs: 500,
  } as const;
  const begin = performance.now();
  const outcome = await sendRequest({ ...request, redactor: new Redactor() }, wire).catch(
    (error: unknown) => error as Error,
  );
  expect(performance.now() - begin).toBeLessThan(60_000);
  if (outcome instanceof Error) judge(outcome);
  return outcome;
}

function judge(error: Error): void {
  expectOwnError(error);
  // The server has received the request: an error that says that nothing was sent would lead to another request.
  const { outcome } = error as { outcome?: TransportError["outcome"] };
  if (server.received > 0) expect(["lost", "unusable", undefined]).toContain(outcome);
}

const plain = {
  password: `${canary}-password`,
  secretId: "AKIDexample",
  secretKey: `${canary}-key`,
  token: `${canary}-token`,
};

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
  anyText.map((text) => Buffer.from(text)),
  fc.constantFrom(
    ...['{"Response":{"TaskId":1,"RequestId":"r1"}}', canary, "null", "[]", "0\r\n\r\n"].map((text) =>
      Buffer.from(text),
    ),
  ),
);

const header = fc.oneof(
  fc.constantFrom(
    "Transfer-Encoding: chunked",
    "Content-Encoding: gzip",
    "Content-Encoding: br",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Location: http://127.0.0.1:1/",
    "Location: http://[/",
    "Date: Sat, 13 Sep 275760 00:00:00 GMT",
    "Date: never",
    "Connection: close",
    `Set-Cookie: ${canary}`,
  ),
  fc.tuple(oddName, anyText).map(([name, text]) => `${name}: ${text}`),
);
const status = fc.oneof(
  fc.integer({ min: 200, max: 999 }),
  fc.constantFrom(200, 204, 205, 301, 307, 400, 403, 407, 429, 500, 502),
);
const wholeAnswer = fc
  .tuple(status, anyText, fc.array(header, { maxLength: 3 }), bytes)
  .map(([code, phrase, headers, body]) =>
    Buffer.concat([Buffer.from([`HTTP/1.1 ${code} ${phrase}`, ...headers, "", ""].join("\r\n")), body]),
  );

it("any bytes lead to a response or one clear line, in time", () =>
  holds("anyBytes", fc.oneof(wholeAnswer, bytes), async (reply) => {
    await awaitOutcome(() => reply);
  }));

const fieldsOfAnswers = fc.constantFrom("RequestId", "Error", "TaskId", "Code", "Message", "Response", "answeredAtMs");
const anyAnswer = fc.oneof(
  jsonValue,
  fc.dictionary(fieldsOfAnswers, jsonValue),
  fc.dictionary(fieldsOfAnswers, jsonValue).map((content) => ({ RequestId: "r1", ...content })),
  fc.dictionary(fieldsOfAnswers, jsonValue).map((content) => ({ RequestId: "r1", Error: content })),
);

it("any JSON with any status leads to a response or one clear line", () =>
  holds(
    "anyJson",
    fc.tuple(
      fc.integer({ min: 200, max: 599 }),
      fc.oneof(
        anyAnswer.map((Response) => ({ Response })),
        anyAnswer,
      ),
    ),
    async ([code, content]) => {
      // The texts of the response come from the server and contain no secret of the request.
      const body = JSON.stringify(content).replaceAll(canary, "Nobody's");
      const outcome = (await awaitOutcome(() => http(code, body))) as { RequestId?: unknown; answeredAtMs?: unknown };
      if (outcome instanceof Error) return;
      expect(typeof outcome.RequestId).toBe("string");
      expect(typeof outcome.answeredAtMs).toBe("number");
    },
  ));

/** The part of the request that a server repeats, and its encoding. */
const echo = fc
  .tuple(fc.constantFrom("password", "secretKey", "token", "authorization", "body"), spelling, anyText, anyText)
  .map(([what, spell, before, after]) => ({
    what,
    of: (request: Received, secrets: typeof plain): string => {
      const { [what as keyof typeof plain]: secret, authorization, body } = { ...secrets, ...request };
      const text = what === "authorization" ? authorization : what === "body" ? body : secret;
      return `${before} ${what === "body" ? text : spell(text)} ${after}`;
    },
  }));

const places: readonly ((text: string) => Buffer)[] = [
  (text) => ok({ Error: { Code: "FailedOperation", Message: text }, RequestId: "r1" }),
  (text) => ok({ Error: { Code: text, Message: "no" }, RequestId: "r1" }),
  (text) => ok({ Error: { Code: "FailedOperation", Message: "no" }, RequestId: text }),
  (text) => ok({ Error: { Code: "FailedOperation", Message: "no", [text]: text }, RequestId: "r1" }),
  (text) => ok({ TaskId: 1, RequestId: text }),
  (text) => ok({ Status: "failed", TaskMessage: text, Tasks: [{ StartTime: text }], RequestId: "r1" }),
  (text) => http(403, text),
  (text) => http(502, text),
  (text) => http(200, "{}", { "X-Echo": text }),
  (text) => http(307, "", { Location: `http://127.0.0.1:1/${text}` }),
  (text) => Buffer.from(`HTTP/1.1 200 ${text}\r\n${text}\r\n\r\n${text}`),
  (text) => Buffer.from(text),
];

const secretsOfRequest = fc.record({
  password: secretPassword,
  secretId: fc.constant("AKIDexample"),
  secretKey,
  token: secretKey,
});

it("secrets of a request that a server repeats are redacted, in any encoding", () =>
  holds("echoes", fc.tuple(secretsOfRequest, echo, fc.constantFrom(...places)), async ([secrets, { of }, place]) => {
    let signature = "";
    const outcome = await awaitOutcome((request) => {
      signature = /Signature=(\w+)/.exec(request.authorization)?.[1] ?? "";
      return place(of(request, secrets));
    }, secrets);
    expect(signature).toHaveLength(64);
    const all = outcome instanceof Error ? shown(outcome) : JSON.stringify(outcome);
    expect(all).not.toContain(canary);
    expect(all).not.toContain(signature);
    if (outcome instanceof Error) expectReadable(outcome.message);
  }));
