import { fromCvmRole, fromRequestedCvmRole } from "../../../../provider/tencentcloud/credentials/fromCvmRole";
import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { type Transport, createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import { clockWith } from "../../support/clock";
import { startConnectProxy } from "../../support/connectProxy";
import "../../support/errorsOfNode";
import { expectBroken } from "../../support/expectBroken";
import { type Respond, loseAnswer, useHttpServer } from "../../support/httpServer";
import { credentialContext } from "../../support/credentialContext";
import { withoutSource } from "../../support/withoutSource";

const metadata = useHttpServer();

const roles = "/latest/meta-data/cam/security-credentials/";

/** How long each pause was. */
let pauses: number[] = [];
beforeEach(() => (pauses = []));
const clock = clockWith({ sleep: (delayMs) => (pauses.push(delayMs), Promise.resolve()) });

const sendHttp = createHttpTransport();
let transport: jest.MockedFunction<Transport>;
/** Shared by all questions of a test, as in a session. */
let metadataHosts: Set<string>;
beforeEach(() => {
  transport = jest.fn(sendHttp);
  metadataHosts = new Set();
});

const around = (address = metadata.url.href) =>
  credentialContext({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: address }, clock, transport, metadataHosts });
const find = () => fromCvmRole(around());
const findRequested = (name?: string) => fromRequestedCvmRole(name, around());

const text =
  (body: string, status = 200): Respond =>
  (response) =>
    response.writeHead(status).end(body);

/** Lists a role, and tells of it what is given. */
const role =
  (respond: Respond, list = "theRole"): Respond =>
  (response, request) =>
    (request.path === roles ? text(list) : respond)(response, request);

const told = (changes: object = {}) =>
  text(
    JSON.stringify({
      TmpSecretId: "temporaryId",
      TmpSecretKey: "theS3CRETkey",
      Token: "theS3CRETtoken",
      ExpiredTime: 4_000_000_000,
      Expiration: "2096-10-02T07:06:40Z",
      Code: "Success",
      ...changes,
    }),
  );

const credentials = { secretId: "temporaryId", secretKey: "theS3CRETkey", token: "theS3CRETtoken" };
const expiresAt = 4_000_000_000_000;

it.each<[string, Respond, object]>([
  ["the machine has", role(told()), { ...credentials, expiresAt }],
  ["it has first", role(told(), "theRole\nanother\n"), { ...credentials, expiresAt }],
  ["does not tell its end", role(told({ ExpiredTime: undefined })), credentials],
  ["has no end", role(told({ ExpiredTime: null })), credentials],
  ["is listed in a line of its own", role(told(), "\r\ntheRole\r\n"), { ...credentials, expiresAt }],
  ["is listed first, in lines as Windows has them", role(told(), "theRole\r\nanother"), { ...credentials, expiresAt }],
])("the credentials are those of the role that %s", async (_, respond, expected) => {
  metadata.respond = respond;
  expect(withoutSource(await find())).toStrictEqual({ credentials: expected });
  expect(metadata.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${roles}`,
    `GET ${roles}theRole`,
  ]);
});

it("a role that was asked for stays one part of an address", async () => {
  metadata.respond = role(told());
  expect(withoutSource(await findRequested("../a role"))).toStrictEqual({ credentials: { ...credentials, expiresAt } });
  expect(metadata.received.at(-1)?.path).toBe(`${roles}..%2Fa%20role`);
});

describe("there is none where the metadata service", () => {
  it.each<[string, Respond]>([["has no such thing", text("Not found", 404)]])("%s", async (_, respond) => {
    metadata.respond = respond;
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
  });

  it("is not there, which is not tried twice", async () => {
    expect(await fromCvmRole(around("http://127.0.0.1:1"))).toStrictEqual({ missing: "no metadata service answers" });
    expect(transport).toHaveBeenCalledTimes(1);
    expect(pauses).toEqual([]);
  });

  it("does not answer any of three times within a second", async () => {
    letTimePass();
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
    expect(transport.mock.calls.map(([, { timeoutMs }]) => timeoutMs)).toEqual([1000, 1000, 1000]);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, Respond]>([
    ["had no such thing", text("Not found", 404)],
    ["had listed no role", text("")],
  ])("is silent, and %s before", async (_, before) => {
    metadata.respond = before;
    await find();
    letTimePass();
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
  });

  it.each(["", "\n", "  \n"])("lists no role: %j", async (list) => {
    metadata.respond = text(list);
    expect(await find()).toStrictEqual({ missing: "this machine has no role" });
    expect(metadata.received).toHaveLength(1);
  });
});

describe("a role may well be there, so it is broken where the metadata service", () => {
  it.each<[string, Respond, string]>([
    ["is out of order", text("", 500), "gave no usable answer: HTTP status 500 (HOST)"],
    ["is not ready", text("", 503), "gave no usable answer: HTTP status 503 (HOST)"],
    ["forbids the question", text("", 403), "gave no usable answer: HTTP status 403 (HOST)"],
    ["hangs up", loseAnswer, "gave no usable answer: other side closed (HOST)"],
    [
      "leads elsewhere",
      (response) => response.writeHead(302, { Location: "/" }).end(),
      "gave no usable answer: unexpected redirect (HOST)",
    ],
    ["shows a page", text("<!DOCTYPE html>\n<p>theS3CRET</p>"), "lists no usable name of a role"],
    ["shows a page after an empty line", text("\n<html>theS3CRET</html>"), "lists no usable name of a role"],
    ["tells a key", text('{"TmpSecretKey":"theS3CRETkey"}'), "lists no usable name of a role"],
    ["tells a path", text("../theS3CRET"), "lists no usable name of a role"],
    ["tells a text without end", text("S3CRET".repeat(50)), "lists no usable name of a role"],
  ])("%s", async (_, respond, reason) => {
    metadata.respond = respond;
    await expectBroken(find, `CVM role: the metadata service ${reason.replace("HOST", metadata.url.host)}`);
  });

  it.each<[string, Respond]>([
    ["was out of order", text("", 503)],
    ["had hung up", loseAnswer],
    ["had told of a role", role(told())],
  ])("is silent, and %s before", async (_, before) => {
    metadata.respond = before;
    await Promise.allSettled([find()]);
    letTimePass();
    const message = `CVM role: the metadata service gave no usable answer: no answer in time (${metadata.url.host})`;
    await expectBroken(find, message);
  });
});

it("a service that answers only at the third time is taken", async () => {
  metadata.respond = role(told());
  let attempts = 0;
  transport.mockImplementation((action, request) => {
    if (++attempts > 2) return sendHttp(action, request);
    return Promise.reject(new TransportError(action, "lost", "no answer in time (x)"));
  });
  expect(withoutSource(await find())).toStrictEqual({ credentials: { ...credentials, expiresAt } });
});

describe("a role that was asked for, by its name or not, is an error where the metadata service", () => {
  it.each<[string | undefined, string]>([
    ["theRole", "CVM role theRole"],
    [undefined, "CVM role"],
  ])("is not there, which is tried three times: %s", async (name, where) => {
    const find = () => fromRequestedCvmRole(name, around("http://127.0.0.1:1"));
    await expectBroken(find, `${where}: no metadata service answers`);
    expect(transport).toHaveBeenCalledTimes(3);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, string | undefined, Respond, string]>([
    ["knows no such role", "gone", role(text("", 404)), "CVM role gone: the metadata service knows no such role"],
    ["has no roles", "gone", text("Not found", 404), "CVM role gone: this machine has no role"],
    ["lists no role", undefined, text(""), "CVM role: this machine has no role"],
  ])("%s", async (_, name, respond, message) => {
    metadata.respond = respond;
    await expectBroken(() => findRequested(name), message);
  });
});

/** No answer of the metadata service comes any more, and the time for it is soon over. */
function letTimePass(): void {
  metadata.respond = () => {};
  transport.mockImplementation((action, request) => sendHttp(action, { ...request, timeoutMs: 10 }));
}

it.each<[string, Respond, string]>([
  ["garbage", text("<html>theS3CRETkey</html>"), "the metadata service gave no usable answer"],
  ["half an answer", text('{"TmpSecretKey":"theS3CRETkey'), "the metadata service gave no usable answer"],
  ["nothing", text(""), "the metadata service gave no usable answer"],
  ["null", text("null"), "the metadata service gave no usable answer"],
  ["a text", text('"theS3CRETkey"'), "the metadata service gave no usable answer"],
  ["a list", text('["theS3CRETkey"]'), "the metadata service gave no usable answer"],
  ["that there is no such role", text("Not found", 404), "the metadata service knows no such role"],
  ["no answer any more", loseAnswer, "the metadata service gave no usable answer: other side closed (HOST)"],
  ["a disorder", text("", 503), "the metadata service gave no usable answer: HTTP status 503 (HOST)"],
  ["that it is forbidden", text("", 403), "the metadata service gave no usable answer: HTTP status 403 (HOST)"],
  ["a failure", told({ Code: "Failed" }), 'the metadata service answers "Failed"'],
  ["no code", told({ Code: undefined }), "the metadata service answers no code"],
  ["a code that is an object", told({ Code: { of: "theS3CRETkey" } }), "the metadata service answers no code"],
  ["no key", told({ TmpSecretId: undefined, TmpSecretKey: "" }), "Token is set, TmpSecretId and TmpSecretKey are not"],
  [
    "nothing",
    told({ TmpSecretId: undefined, TmpSecretKey: undefined, Token: undefined }),
    "TmpSecretId and TmpSecretKey are not set",
  ],
  ["half a key", told({ TmpSecretKey: undefined }), "TmpSecretId and Token are set, TmpSecretKey is not"],
  ["the other half", told({ TmpSecretId: null }), "TmpSecretKey and Token are set, TmpSecretId is not"],
  ["a key that is a number", told({ TmpSecretKey: 5 }), "TmpSecretKey must be a string"],
  ["a token that is a list", told({ Token: ["theS3CRETtoken"] }), "Token must be a string"],
  ["no token", told({ Token: undefined }), "Token is not set"],
  ["an empty token", told({ Token: "" }), "Token is not set"],
  ["a key that has ended", told({ ExpiredTime: 1_600_000_000 }), "the credentials have expired"],
  ["a key that ends at once", told({ ExpiredTime: 0 }), "the credentials have expired"],
  ["an end in words", told({ ExpiredTime: "S3CRET" }), "ExpiredTime is not a number"],
  ["an end as a text", told({ ExpiredTime: "4000000000" }), "ExpiredTime is not a number"],
  ["an end that is a list", told({ ExpiredTime: [4_000_000_000] }), "ExpiredTime is not a number"],
  [
    "a key with a space",
    told({ TmpSecretKey: "theS3CRET key" }),
    "TmpSecretId, TmpSecretKey or Token holds white space or another character that no key has",
  ],
])("it is broken where the metadata service tells %s", async (_, respond, reason) => {
  metadata.respond = role(respond);
  await expectBroken(find, `CVM role theRole: ${reason.replace("HOST", metadata.url.host)}`);
});

it.each(["metadata", "ftp://127.0.0.1", "nohttp://127.0.0.1", "http://"])(
  "it is broken where the service's address is none: %s",
  async (address) => {
    await expectBroken(
      () => fromCvmRole(credentialContext({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: address } })),
      "CVM role: TENCENTCLOUD_METADATA_ENDPOINT must be a valid http URL",
    );
  },
);

it("the service's address is the documented one where the environment names none", async () => {
  transport.mockRejectedValue(new Error("Nobody is there."));
  await fromCvmRole({ ...around(), environment: () => undefined }).catch(() => undefined);
  expect(transport.mock.calls.map(([, { url }]) => url.href)).toEqual([`http://metadata.tencentyun.com${roles}`]);
});

it("every character that a role's name may have is taken", async () => {
  metadata.respond = role(told(), "Ab_1+=,.@-");
  await find();
  expect(metadata.received.at(-1)?.path).toBe(`${roles}Ab_1%2B%3D%2C.%40-`);
});

it("the service is asked directly, never through a proxy, which is on another machine", async () => {
  const proxy = await startConnectProxy(1, () => 502);
  const before = { ...process.env };
  process.env = { ...before, HTTP_PROXY: proxy.url.href, NO_PROXY: "", no_proxy: "" };
  const environment = { TENCENTCLOUD_METADATA_ENDPOINT: "http://metadata.invalid" };
  const found = await fromCvmRole(credentialContext({ environment, clock }));
  process.env = before;
  await proxy.stop();
  expect(found).toStrictEqual({ missing: "no metadata service answers" });
  expect(proxy.asked).toEqual([]);
});
