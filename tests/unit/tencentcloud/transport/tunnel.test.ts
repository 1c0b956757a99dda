import type { LookupOptions } from "node:dns";
import dns from "node:dns/promises";

import { catchError } from "../../support/failure";
import { useProxies } from "../../support/proxies";

const { send, useConnectProxy, useSocksProxy } = useProxies();

/** Users and passwords in a proxy's address, and their decoded values. */
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
    expect(proxy.offered).toEqual([[0, 2]]);
    expect(proxy.credentials).toEqual([{ user: Buffer.from(user), password: Buffer.from(password) }]);
  });

  it("bytes that are not UTF-8 stay unchanged", async () => {
    const proxy = await useConnectProxy();
    await send(`http://%E9:%FF@${proxy.url.host}`);
    const authorization = `Basic ${Buffer.from([0xe9, 0x3a, 0xff]).toString("base64")}`;
    expect(proxy.asked).toMatchObject([{ authorization }]);
  });

  it("a SOCKS5 proxy is not offered authentication if there are no credentials", async () => {
    const proxy = await useSocksProxy();
    await send(`socks5h://${proxy.url.host}`);
    expect(proxy.offered).toEqual([[0]]);
  });

  it.each(["", "@", ":@"])("no credentials are sent if there are none: http://%sproxy", async (userInfo) => {
    const proxy = await useConnectProxy();
    await send(`http://${userInfo}${proxy.url.host}`);
    expect(proxy.asked).toMatchObject([{ authorization: undefined }]);
  });
});

it.each<[string, number[]]>([
  ["an IPv4 address", [1, 127, 0, 0, 1, 0, 80]],
  ["a name", [3, 5, ...Buffer.from("proxy"), 0, 80]],
  ["an IPv6 address", [4, ...Buffer.alloc(16, 1), 0, 80]],
])(
  "a SOCKS5 proxy may return the address that it connects from, before the service's response: %s",
  async (_, bound) => {
    for (const isSlow of [false, true]) {
      const proxy = await useSocksProxy({ bound, isSlow });
      await expect(send(`socks5h://${proxy.url.host}`)).resolves.toMatchObject({ body: "the service" });
    }
  },
);

describe("the name of a service behind a SOCKS5 proxy is resolved", () => {
  it.each<[string, string, { target: string; type: number }]>([
    ["the proxy", "socks5h", { target: "redis.invalid:80", type: 3 }],
    ["the proxy", "SOCKS5H", { target: "redis.invalid:80", type: 3 }],
    ["the proxy", "socks", { target: "redis.invalid:80", type: 3 }],
    ["this machine", "socks5", { target: "c0000201:80", type: 1 }],
  ])("by %s, with %s://", async (_, scheme, asked) => {
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
    ["http://[::7]", { target: "00000000000000000000000000000007:80", type: 4 }],
    ["http://[2001:db8::]", { target: "20010db8000000000000000000000000:80", type: 4 }],
    ["http://[2001:db8:0:3:4:5:6:f07]", { target: "20010db8000000030004000500060f07:80", type: 4 }],
    ["http://[::ffff:192.0.2.1]", { target: "00000000000000000000ffffc0000201:80", type: 4 }],
  ])("not at all if it is an address: %s", async (address, asked) => {
    const proxy = await useSocksProxy({ isSlow: true });
    await send(`socks5h://${proxy.url.host}`, { url: new URL(address) });
    expect(proxy.asked).toEqual([asked]);
  });

  it("to the IPv4 address if it has both kinds, which more networks can reach", async () => {
    jest.spyOn(dns, "lookup").mockImplementation((...[, options]: [string, LookupOptions?]) => {
      const isIpv4First = options?.order === "ipv4first";
      return Promise.resolve(isIpv4First ? { address: "192.0.2.1", family: 4 } : { address: "2001:db8::1", family: 6 });
    });
    const proxy = await useSocksProxy();
    await send(`socks5://${proxy.url.host}`);
    expect(proxy.asked).toEqual([{ target: "c0000201:80", type: 1 }]);
  });

  it("with an error that names socks5h if this machine does not know it, and nothing is sent", async () => {
    const proxy = await useSocksProxy();
    expect(await catchError(() => send(proxy.url.href))).toMatchObject({
      outcome: "unreachable",
      reason: "getaddrinfo ENOTFOUND redis.invalid; with socks5h:// in its address, the proxy resolves names",
    });
    expect(proxy.asked).toEqual([]);
  });
});
