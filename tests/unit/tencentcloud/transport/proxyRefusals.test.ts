import type { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { catchError } from "../../support/failure";
import { useProxies } from "../../support/proxies";
import type { SocksOptions } from "../../support/socksProxy";

const { service, send, useSocksProxy, useRawProxy } = useProxies();

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
])("nothing is sent if a SOCKS5 proxy refuses: %j", async (options, outcome, reason) => {
  const proxy = await useSocksProxy(options);
  const error = await catchError(() => send(`socks5h://user:theS3CRET@${proxy.url.host}`));
  expect(error).toMatchObject({ name: "TransportError", outcome, reason });
  expect(service.received).toEqual([]);
});

describe("nothing is sent through a proxy that fails before the tunnel is open", () => {
  const hungUp = "the proxy closed the connection";
  const notHttp = "the proxy's answer is not HTTP: check HTTP_PROXY";
  const notSocks = "the proxy's answer is not SOCKS5: check HTTP_PROXY";

  it.each<[string, string | number[], "end" | "reset" | "wait", TransportError["outcome"], string | RegExp]>([
    ["http", "", "end", "unreachable", hungUp],
    ["http", "HT", "end", "unreachable", hungUp],
    ["http", "HTTP/1.1 2", "end", "unreachable", hungUp],
    ["http", "HTTP/1.1 300 Choose\r\n\r\n", "end", "refused", refused("300")],
    ["http", "HTTP/1.1 408 Late\r\n\r\n", "end", "unreachable", refused("408")],
    ["http", "HTTP/1.1 500 Broken\r\n\r\n", "end", "unreachable", refused("500")],
    ["http", "", "reset", "unreachable", /^cannot connect to the proxy: read ECONNRESET/],
    ["http", "HTTP/1.1 400 Bad\r\n\r\n", "end", "refused", refused("400")],
    ["http", "HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "end", "refused", refused("302")],
    ["http", "HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\ntheS3CRET", "wait", "refused", refused("403")],
    ["http", `HTTP/1.1 403 Forbidden\r\n\r\n${"x".repeat(17_000)}`, "wait", "refused", refused("403")],
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
    // Some proxies send the whole refusal at once, without an address.
    ["socks5h", [5, 0, 5, 5], "wait", "unreachable", refused("SOCKS5 5, connection refused")],
    ["socks5h", [5, 0, 0, 0], "wait", "refused", notSocks],
    ["https", "no TLS", "end", "refused", /^cannot connect to the proxy: /],
    ["https", "", "end", "unreachable", /^cannot connect to the proxy: Client network socket disconnected/],
  ])("scheme %s, response %j, then %s", async (scheme, bytes, then, outcome, reason) => {
    const error = (await catchError(async () =>
      send(`${scheme}://user:theS3CRET@${await useRawProxy(bytes, then)}`),
    )) as TransportError;
    expect(error).toMatchObject({ name: "TransportError", outcome });
    expect(error.reason).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
    expect(error.message).not.toContain("S3CRET");
    expect(service.received).toEqual([]);
  });

  it.each(["http", "socks5h", "https"])("scheme %s, no response", async (scheme) => {
    const host = await useRawProxy("", "wait");
    expect(await catchError(() => send(`${scheme}://${host}`, { timeoutMs: 300 }))).toMatchObject({
      outcome: "unreachable",
      reason: "timed out (redis.invalid)",
    });
  });
});
