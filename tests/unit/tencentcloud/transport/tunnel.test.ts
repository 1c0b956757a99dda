import dns from "node:dns/promises";
import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";

import type { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { sendHttp } from "../../../../provider/tencentcloud/transport/http";
import { type ConnectProxy, startConnectProxy } from "../../support/connectProxy";
import "../../support/errorsOfNode";
import { failureOf } from "../../support/failure";
import { useHttpServer } from "../../support/httpServer";
import { type SocksOptions, type SocksProxy, startSocksProxy } from "../../support/socksProxy";

const service = useHttpServer();
const before = { ...process.env };
const running: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  service.respond = (response) => response.end("the service");
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  for (const proxy of running.splice(0)) await proxy.stop();
});

/** A name that leads nowhere, but for the proxy, which knows where the service is. */
const url = new URL("http://redis.invalid");

const send = (proxy: string, changes: object = {}) => {
  process.env.HTTP_PROXY = proxy;
  return sendHttp("Anything", { url, body: "{}", timeoutMs: 5000, ...changes });
};

async function useConnectProxy(): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(Number(service.url.port), () => undefined);
  running.push(proxy);
  return proxy;
}

async function useSocksProxy(options: SocksOptions = {}): Promise<SocksProxy> {
  const proxy = await startSocksProxy(Number(service.url.port), options);
  running.push(proxy);
  return proxy;
}

/** A user and a password in a proxy's address, and what they are once decoded. */
const userInfos: [written: string, user: string, password: string][] = [
  ["user:theS3CRET", "user", "theS3CRET"],
  ["us%40er:p%3Ass%2Fw%25rd", "us@er", "p:ss/w%rd"],
  ["user:50%off", "user", "50%off"],
  ["50%:%", "50%", "%"],
  ["user:a:b@c/d?e#f", "user", "a:b@c/d?e#f"],
  ["user:a b", "user", "a b"],
  ["üser:密码", "üser", "密码"],
  ["%C3%BCser:%e5%af%86", "üser", "密"],
  ["user:", "user", ""],
  ["user", "user", ""],
  [":theS3CRET", "", "theS3CRET"],
];

describe("a user and a password reach the proxy decoded", () => {
  it.each(userInfos)("HTTP: %s", async (written, user, password) => {
    const proxy = await useConnectProxy();
    await expect(send(`http://${written}@${proxy.url.host}`)).resolves.toMatchObject({ status: 200 });
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    expect(proxy.asked).toEqual([{ target: "redis.invalid:80", authorization }]);
  });

  it.each(userInfos)("SOCKS5: %s", async (written, user, password) => {
    const proxy = await useSocksProxy({ method: 2 });
    await expect(send(`socks5h://${written}@${proxy.url.host}`)).resolves.toMatchObject({ status: 200 });
    expect(proxy.credentials).toEqual([{ user: Buffer.from(user), password: Buffer.from(password) }]);
  });

  it("bytes that are not UTF-8 are left as they are", async () => {
    const proxy = await useConnectProxy();
    await send(`http://%E9:%FF@${proxy.url.host}`);
    const authorization = `Basic ${Buffer.from([0xe9, 0x3a, 0xff]).toString("base64")}`;
    expect(proxy.asked).toMatchObject([{ authorization }]);
  });

  it.each(["", "@", ":@"])("none is sent where none is given: http://%sproxy", async (userInfo) => {
    const proxy = await useConnectProxy();
    await send(`http://${userInfo}${proxy.url.host}`);
    expect(proxy.asked).toMatchObject([{ authorization: undefined }]);
  });
});

describe("who resolves the service's name for a SOCKS5 proxy", () => {
  it.each<[string, string, { target: string; type: number }]>([
    ["the proxy", "socks5h", { target: "redis.invalid:80", type: 3 }],
    ["the proxy", "SOCKS5H", { target: "redis.invalid:80", type: 3 }],
    ["the proxy", "socks", { target: "redis.invalid:80", type: 3 }],
    ["this machine", "socks5", { target: "c0000201:80", type: 1 }],
  ])("%s, with %s://", async (_, scheme, asked) => {
    const lookup = jest
      .spyOn(dns, "lookup")
      .mockImplementation(() => Promise.resolve({ address: "192.0.2.1", family: 4 }));
    const proxy = await useSocksProxy();
    await expect(send(`${scheme}://${proxy.url.host}`)).resolves.toMatchObject({ body: "the service" });
    expect(proxy.asked).toEqual([asked]);
    expect(lookup.mock.calls.map(([name]) => name)).toEqual(scheme === "socks5" ? ["redis.invalid"] : []);
  });

  it.each<[string, { target: string; type: number }]>([
    ["http://192.0.2.1", { target: "c0000201:80", type: 1 }],
    ["http://[2001:db8::1]:81", { target: "20010db8000000000000000000000001:81", type: 4 }],
    ["http://[::ffff:192.0.2.1]", { target: "00000000000000000000ffffc0000201:80", type: 4 }],
  ])("nobody has to where it is an address: %s", async (address, asked) => {
    const proxy = await useSocksProxy({ isSlow: true });
    await send(`socks5h://${proxy.url.host}`, { url: new URL(address) });
    expect(proxy.asked).toEqual([asked]);
  });

  it("a name that this machine does not know is an error that names socks5h, and nothing is sent", async () => {
    const proxy = await useSocksProxy();
    expect(await failureOf(() => send(proxy.url.href))).toMatchObject({
      outcome: "unreachable",
      reason: "getaddrinfo ENOTFOUND redis.invalid; with socks5h:// in its address, the proxy resolves names",
    });
    expect(proxy.asked).toEqual([]);
  });
});

const authFailed = "proxy authentication failed (SOCKS5): check HTTP_PROXY";
const refused = (detail: string) => `the proxy refused to connect to redis.invalid:80 (${detail})`;

it.each<[SocksOptions, TransportError["outcome"], string]>([
  [{ method: 255 }, "refused", authFailed],
  [{ method: 1 }, "refused", authFailed],
  [{ method: 2, authStatus: 1 }, "refused", authFailed],
  [{ reply: 1 }, "unreachable", refused("SOCKS5 1, general failure")],
  [{ reply: 2 }, "refused", refused("SOCKS5 2, not allowed by its rules")],
  [{ reply: 3 }, "unreachable", refused("SOCKS5 3, network unreachable")],
  [{ reply: 4 }, "unreachable", refused("SOCKS5 4, host unreachable")],
  [{ reply: 5 }, "unreachable", refused("SOCKS5 5, connection refused")],
  [{ reply: 6 }, "unreachable", refused("SOCKS5 6, TTL expired")],
  [{ reply: 7 }, "refused", refused("SOCKS5 7, command not supported")],
  [{ reply: 8 }, "refused", refused("SOCKS5 8, address type not supported")],
  [{ reply: 9 }, "unreachable", refused("SOCKS5 9, unknown reply")],
])("a SOCKS5 proxy's refusal was before anything was sent: %j", async (options, outcome, reason) => {
  const proxy = await useSocksProxy(options);
  const error = await failureOf(() => send(`socks5h://user:theS3CRET@${proxy.url.host}`));
  expect(error).toMatchObject({ name: "TransportError", outcome, reason });
  expect(service.received).toEqual([]);
});

/** A server that says this to whoever sends something, and then hangs up, resets the connection or waits. */
async function useRawProxy(bytes: string | number[], then: "end" | "reset" | "wait"): Promise<string> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    socket.once("data", () => {
      socket.write(Buffer.from(bytes as string));
      if (then === "end") socket.end();
      if (then === "reset") socket.resetAndDestroy();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  running.push({ stop });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a proxy that refuses, hangs up or is none, before the tunnel is there: nothing was sent", () => {
  const hungUp = "the proxy closed the connection";
  const notHttp = "the proxy's answer is not HTTP: check HTTP_PROXY";
  const notSocks = "the proxy's answer is not SOCKS5: check HTTP_PROXY";

  it.each<[string, string | number[], "end" | "reset" | "wait", TransportError["outcome"], string | RegExp]>([
    ["http", "", "end", "unreachable", hungUp],
    ["http", "HTTP/1.1 2", "end", "unreachable", hungUp],
    ["http", "", "reset", "unreachable", /^cannot connect to the proxy: read ECONNRESET/],
    ["http", "HTTP/1.1 400 Bad\r\n\r\n", "end", "refused", refused("400")],
    ["http", "HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "end", "refused", refused("302")],
    ["http", "HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\ntheS3CRET", "wait", "refused", refused("403")],
    ["http", "HTTP/1.1 407 Who\r\n\r\n", "wait", "refused", "proxy authentication failed (407): check HTTP_PROXY"],
    ["http", "HTTP/1.1 429 Slow\r\n\r\n", "wait", "unreachable", refused("429")],
    ["http", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 502 Bad\r\n\r\n", "wait", "unreachable", refused("502")],
    ["http", "HTTP/1.1 504\r\n\r\n", "wait", "unreachable", refused("504")],
    ["http", "theS3CRET", "wait", "refused", notHttp],
    ["http", "HT\r\n", "wait", "refused", notHttp],
    ["http", "HTTP/1.1 theS3CRET\r\n\r\n", "wait", "refused", notHttp],
    ["http", `HTTP/1.1 200 ${"x".repeat(17_000)}`, "wait", "refused", notHttp],
    ["socks5h", "", "end", "unreachable", hungUp],
    ["socks5h", [5], "end", "unreachable", hungUp],
    ["socks5h", "HTTP/1.1 400 Bad Request\r\n\r\n", "wait", "refused", notSocks],
    ["socks5h", [4, 0], "wait", "refused", notSocks],
    // All at once: the refusal without an address that some proxies send.
    ["socks5h", [5, 0, 5, 5], "wait", "unreachable", refused("SOCKS5 5, connection refused")],
    ["socks5h", [5, 0, 0, 0], "wait", "refused", notSocks],
    ["https", "no TLS", "end", "refused", /^cannot connect to the proxy: /],
    ["https", "", "end", "unreachable", /^cannot connect to the proxy: Client network socket disconnected/],
  ])("%s, %j, then %s", async (scheme, bytes, then, outcome, reason) => {
    const error = (await failureOf(async () =>
      send(`${scheme}://user:theS3CRET@${await useRawProxy(bytes, then)}`),
    )) as TransportError;
    expect(error).toMatchObject({ name: "TransportError", outcome });
    expect(error.reason).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
    expect(error.message).not.toContain("S3CRET");
    expect(service.received).toEqual([]);
  });

  it.each(["http", "socks5h", "https"])("%s, which never answers", async (scheme) => {
    const host = await useRawProxy("", "wait");
    expect(await failureOf(() => send(`${scheme}://${host}`, { timeoutMs: 300 }))).toMatchObject({
      outcome: "unreachable",
      reason: "no answer in time (redis.invalid)",
    });
  });
});
