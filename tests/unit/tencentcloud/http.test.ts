import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { Agent } from "undici";

import type { TransportError } from "../../../provider/errors";
import { type HttpRequest, sendHttp } from "../../../provider/tencentcloud/http";
import { type ConnectProxy, startConnectProxy } from "../support/connectProxy";
import "../support/errorsOfNode";
import { failureOf } from "../support/failure";
import { useHttpServer } from "../support/httpServer";

const server = useHttpServer();
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
});

// A name below this one leads nowhere, but for the proxy, which knows where the service is.
const domain = "redis.invalid";

const send = (host: string, changes: Partial<HttpRequest> = {}) =>
  sendHttp("Anything", { url: new URL(`http://${host}.${domain}`), timeoutMs: 5000, ...changes });

describe("through a proxy", () => {
  const refusals: Readonly<Record<string, number>> = { userless: 407, refused: 502 };
  let proxy: ConnectProxy;

  beforeEach(async () => {
    server.respond = (response) => response.end("the service");
    proxy = await startConnectProxy(Number(server.url.port), (target) => refusals[target.split(".")[0] ?? ""]);
    process.env.HTTP_PROXY = proxy.url.href;
  });
  afterEach(() => proxy.stop());

  it("requests arrive as they were sent, and use its connection again", async () => {
    const headers = { "x-one": "1" };
    await expect(send("proxied", { headers, body: "the request" })).resolves.toMatchObject({
      status: 200,
      body: "the service",
    });
    // Its connection is free a moment after the answer.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send("proxied");
    const named = { "user-agent": "pulumi-tencentcloud-redis", ...headers };
    expect(server.received).toMatchObject([{ method: "POST", body: "the request", headers: named }, { body: "" }]);
    expect(proxy.asked).toEqual([{ target: `proxied.${domain}:80`, authorization: undefined }]);
  });

  it.each<[string, TransportError["outcome"], string]>([
    ["refused", "unreachable", "Proxy response (502) !== 200 when HTTP Tunneling"],
    ["userless", "refused", "the proxy wants another user and password than HTTPS_PROXY gives (407)"],
  ])("nothing is sent where it does not let through: %s", async (host, outcome, reason) => {
    expect(await failureOf(() => send(host))).toMatchObject({
      name: "TransportError",
      outcome,
      reason: `${reason} (${host}.${domain})`,
    });
    expect(server.received).toEqual([]);
  });

  it.each<[string, string, Partial<HttpRequest>]>([
    ["what must not pass through it", "direct", { isDirect: true }],
    ["an exempt host", "exempt", {}],
  ])("never goes %s", async (_, host, changes) => {
    process.env.NO_PROXY = `exempt.${domain}`;
    expect(await failureOf(() => send(host, changes))).toMatchObject({
      name: "TransportError",
      outcome: "unreachable",
    });
    expect(proxy.asked).toEqual([]);
  });

  it("never goes what is for this machine itself", async () => {
    await expect(sendHttp("Anything", { url: server.url, timeoutMs: 5000 })).resolves.toHaveProperty("status", 200);
    expect(proxy.asked).toEqual([]);
  });
});

describe("how far a request came, by what Node calls the failure", () => {
  it.each<[TransportError["outcome"], string[]]>([
    [
      "unreachable",
      ["EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"],
    ],
    [
      "refused",
      [
        ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID", "ERR_TLS_HANDSHAKE"],
        ...["ERR_SSL_WRONG_VERSION_NUMBER", "EPROTO", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_CRL"],
        ...["INVALID_CA", "INVALID_PURPOSE", "HOSTNAME_MISMATCH", "PATH_LENGTH_EXCEEDED"],
        "UND_ERR_INVALID_ARG",
      ],
    ],
    [
      "lost",
      [
        ...["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT", "A_CODE_OF_TOMORROW", ""],
        // Codes that only look like others.
        ...["NOT_UNABLE_TO_SEND", "AN_INVALID_CA", "INVALID_CALL", "AN_INVALID_PURPOSE", "INVALID_PURPOSES"],
        ...["A_HOSTNAME_MISMATCH", "HOSTNAME_MISMATCHES", "A_PATH_LENGTH_EXCEEDED", "PATH_LENGTH_EXCEEDED_BY_ONE"],
      ],
    ],
  ])("%s", async (outcome, codes) => {
    for (const code of codes) {
      const error = Object.assign(new Error("the reason"), code && { code });
      jest.spyOn(Agent.prototype, "request").mockRejectedValue(error);
      const { outcome: told, reason } = (await failureOf(() => send("any"))) as TransportError;
      expect({ code, outcome: told, reason }).toEqual({ code, outcome, reason: `the reason (any.${domain})` });
    }
  });

  const altName = Object.assign(new Error("another name"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });

  it.each<[string, unknown, TransportError["outcome"], string]>([
    ["a failure without words", Object.assign(new Error(""), { code: "ECONNRESET" }), "lost", "ECONNRESET"],
    [
      "a proxy's certificate that does not fit",
      Object.assign(new Error("Secure Proxy Connection failed", { cause: altName }), { code: "UND_ERR_PRX_TLS" }),
      "refused",
      "another name",
    ],
    ["a failure without anything", new Error(""), "lost", ""],
    ["a code that is no text", Object.assign(new Error("odd"), { code: 5 }), "lost", "odd"],
    ["no error at all", "a text", "lost", "a text"],
  ])("%s", async (_, thrown, outcome, reason) => {
    jest.spyOn(Agent.prototype, "request").mockRejectedValue(thrown);
    expect(await failureOf(() => send("any"))).toMatchObject({ outcome, reason: `${reason} (any.${domain})` });
  });
});

describe("an answer", () => {
  const get = () => sendHttp("Anything", { url: server.url, timeoutMs: 5000, method: "GET" });

  it.each([
    ["Fri, 02 Jan 2026 03:04:05 GMT", Date.parse("2026-01-02T03:04:05Z")],
    ["yesterday", undefined],
  ])("tells the service's time where it is one: %s", async (date, serviceTimeMs) => {
    server.respond = (response) => response.setHeader("Date", date).end();
    await expect(get()).resolves.toStrictEqual({ status: 200, serviceTimeMs, body: "" });
  });

  it("need not tell the time", async () => {
    server.respond = (response) => {
      response.sendDate = false;
      response.writeHead(404).end("nothing here");
    };
    await expect(get()).resolves.toStrictEqual({ status: 404, serviceTimeMs: undefined, body: "nothing here" });
    expect(server.received).toMatchObject([{ method: "GET" }]);
  });

  it("may have 10 MB, and not a byte more", async () => {
    const whole = "x".repeat(10 * 1024 * 1024);
    server.respond = (response) => response.end(whole);
    await expect(get()).resolves.toHaveProperty("body.length", whole.length);
    server.respond = (response) => response.end(`${whole}y`);
    expect(await failureOf(get)).toMatchObject({
      outcome: "unusable",
      reason: `the answer broke off: it is larger than 10 MB (${server.url.host})`,
    });
  });

  it("is read as UTF-8, also where a character comes in two pieces", async () => {
    const [first, second] = [Buffer.from("密码").subarray(0, 4), Buffer.from("密码").subarray(4)];
    server.respond = (response) => response.write(first, () => setImmediate(() => response.end(second)));
    await expect(get()).resolves.toHaveProperty("body", "密码");
  });
});

describe("the time for a request", () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

  it("is over also where no connection has come about", async () => {
    // Accepts, and says nothing of TLS.
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const end = failureOf(() => sendHttp("Anything", { url, timeoutMs: 500 }));
    const ended = await Promise.race([end, once(silent, "connection").then(() => sleep(2000))]);
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(ended).toMatchObject({ outcome: "lost", reason: `no answer in time (${url.host})` });
  });

  it.each<[string, () => unknown]>([
    ["an answer", () => (server.respond = (response) => response.end())],
    ["a redirect", () => (server.respond = (response) => response.writeHead(307).end())],
    ["a lost answer", () => (server.respond = (response) => response.destroy())],
  ])("is not measured any longer after %s", async (_, prepare) => {
    prepare();
    const before = timers();
    await sendHttp("Anything", { url: server.url, timeoutMs: 60_000 }).catch(() => undefined);
    expect(timers()).toBe(before);
  });
});
