import { once } from "node:events";
import { type AddressInfo, type Socket, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import type { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import {
  type HttpRequest,
  type Transport,
  createHttpTransport,
} from "../../../../provider/tencentcloud/transport/http";
import { type ConnectProxy, startConnectProxy } from "../../support/connectProxy";
import "../../support/errorsOfNode";
import { catchError } from "../../support/failure";
import { respondWith, useHttpServer } from "../../support/httpServer";

let environment: Record<string, string> = {};
let sendHttp: Transport;
beforeEach(() => {
  environment = {};
  sendHttp = createHttpTransport((name) => environment[name]);
});

const server = useHttpServer();

// Names in this domain do not resolve, but the proxy forwards them to the service.
const domain = "redis.invalid";

const send = (host: string, changes: Partial<HttpRequest> = {}) =>
  sendHttp("Anything", { url: new URL(`http://${host}.${domain}`), timeoutMs: 5000, ...changes });

describe("through a proxy", () => {
  const refusals: Readonly<Record<string, number>> = { userless: 407, refused: 502 };
  let proxy: ConnectProxy;

  beforeEach(async () => {
    server.respond = (response) => response.end("the service");
    proxy = await startConnectProxy(Number(server.url.port), (target) => refusals[target.split(".")[0] ?? ""]);
    environment = { HTTP_PROXY: proxy.url.href, NO_PROXY: `exempt.${domain}` };
  });
  afterEach(() => proxy.stop());

  it("requests arrive unchanged, and reuse its connection", async () => {
    const headers = { "x-one": "1" };
    await expect(send("proxied", { headers, body: "the request" })).resolves.toMatchObject({
      status: 200,
      body: "the service",
    });
    // The connection is idle a moment after the response.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send("proxied");
    const named = { "user-agent": "pulumi-tencentcloud-redis", ...headers };
    expect(server.received).toMatchObject([{ method: "POST", body: "the request", headers: named }, { body: "" }]);
    expect(proxy.asked).toEqual([{ target: `proxied.${domain}:80`, authorization: undefined }]);
  });

  it.each<[string, TransportError["outcome"], string]>([
    ["refused", "unreachable", `the proxy refused to connect to refused.${domain}:80 (502)`],
    ["userless", "refused", "proxy authentication failed (407): check HTTP_PROXY"],
  ])("nothing is sent if the proxy refuses the tunnel to the host %s", async (host, outcome, reason) => {
    expect(await catchError(() => send(host))).toMatchObject({
      name: "TransportError",
      outcome,
      reason,
    });
    expect(server.received).toEqual([]);
  });

  it.each<[string, string, Partial<HttpRequest>]>([
    ["a direct request", "direct", { isDirect: true }],
    ["a request to an exempt host", "exempt", {}],
  ])("%s is never sent", async (_, host, changes) => {
    expect(await catchError(() => send(host, changes))).toMatchObject({
      name: "TransportError",
      outcome: "unreachable",
    });
    expect(proxy.asked).toEqual([]);
  });

  it("a request to this machine itself is never sent", async () => {
    await expect(sendHttp("Anything", { url: server.url, timeoutMs: 5000 })).resolves.toHaveProperty("status", 200);
    expect(proxy.asked).toEqual([]);
  });
});

describe("a response", () => {
  const get = () => sendHttp("Anything", { url: server.url, timeoutMs: 5000, method: "GET" });

  it.each([
    ["Fri, 02 Jan 2026 03:04:05 GMT", Date.parse("2026-01-02T03:04:05Z")],
    ["yesterday", undefined],
  ])("has the service's time if its date is valid: %s", async (date, serviceTimeMs) => {
    server.respond = (response) => response.setHeader("Date", date).end();
    await expect(get()).resolves.toStrictEqual({ status: 200, serviceTimeMs, body: "" });
  });

  it("may lack a date", async () => {
    server.respond = (response) => {
      response.sendDate = false;
      response.writeHead(404).end("nothing here");
    };
    await expect(get()).resolves.toStrictEqual({ status: 404, serviceTimeMs: undefined, body: "nothing here" });
    expect(server.received).toMatchObject([{ method: "GET" }]);
  });

  it.each([200, 299, 400, 499])("may have the status %d", async (status) => {
    server.respond = respondWith(status);
    await expect(get()).resolves.toHaveProperty("status", status);
  });

  it.each([300, 307, 399])("that redirects to another address is an error: %d", async (status) => {
    server.respond = respondWith(status, { Location: "/elsewhere" });
    expect(await catchError(get)).toMatchObject({
      outcome: "unusable",
      reason: `unexpected redirect (${server.url.host})`,
    });
    expect(server.received).toHaveLength(1);
  });

  it("may have 10 MB, and not a byte more", async () => {
    const whole = "x".repeat(10 * 1024 * 1024);
    server.respond = (response) => response.end(whole);
    await expect(get()).resolves.toHaveProperty("body.length", whole.length);
    server.respond = (response) => response.end(`${whole}y`);
    expect(await catchError(get)).toMatchObject({
      outcome: "unusable",
      reason: `the answer broke off: it is larger than 10 MB (${server.url.host})`,
    });
  });

  it("is read as UTF-8, even if a character arrives in two pieces", async () => {
    const [first, second] = [Buffer.from("密码").subarray(0, 4), Buffer.from("密码").subarray(4)];
    server.respond = (response) => response.write(first, () => setImmediate(() => response.end(second)));
    await expect(get()).resolves.toHaveProperty("body", "密码");
  });
});

describe("the timeout of a request", () => {
  afterEach(() => jest.restoreAllMocks());

  it("passes even if no connection was established", async () => {
    // Accepts connections, and never starts TLS.
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const url = new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const end = catchError(() => sendHttp("Anything", { url, timeoutMs: 500 }));
    const ended = await Promise.race([end, once(silent, "connection").then(() => sleep(2000))]);
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(ended).toMatchObject({
      outcome: "unreachable",
      reason: `timed out (${url.host})`,
      isTimeout: true,
    });
  });

  it.each<[string, () => unknown]>([
    ["a response", () => (server.respond = (response) => response.end())],
    ["a redirect", () => (server.respond = (response) => response.writeHead(307).end())],
    ["a lost response", () => (server.respond = (response) => response.destroy())],
  ])("no longer applies after %s", async (_, prepare) => {
    prepare();
    const start = jest.spyOn(globalThis, "setTimeout");
    const stop = jest.spyOn(globalThis, "clearTimeout");
    await sendHttp("Anything", { url: server.url, timeoutMs: 61_234 }).catch(() => undefined);
    // The HTTP client and the server also set timers.
    const own = start.mock.calls.findIndex(([, delayMs]) => delayMs === 61_234);
    expect(start.mock.results[own]?.value).toBeDefined();
    expect(stop.mock.calls.map(([timer]) => timer)).toContain(start.mock.results[own]?.value);
  });
});
