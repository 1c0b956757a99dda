import { inspect } from "node:util";

import { isLoopback, proxyFor } from "../../../../provider/tencentcloud/transport/proxy";
import { asAnyBytes } from "../../support/bytes";
import { catchError } from "../../support/failure";

const target = "https://redis.tencentcloudapi.com";
const proxy = "http://proxy.example:3128";
const other = "http://other.example:3128";

type Variables = Record<string, string>;

/** Returns the proxy without its credentials, which the tunnel tests cover. */
function shown(url: URL, variables: Variables): string | undefined {
  const found = proxyFor(url, (name) => variables[name]);
  return found && `${found.variable} ${found.protocol} ${found.hostname} ${found.port}`;
}

const named = (variable: string, host = "proxy") => `${variable} http ${host}.example 3128`;

it.each<[string, string, Variables, string | undefined]>([
  ["no proxy by default", target, {}, undefined],
  ["HTTPS_PROXY", target, { HTTPS_PROXY: proxy }, named("HTTPS_PROXY")],
  ["https_proxy", target, { https_proxy: proxy }, named("HTTPS_PROXY")],
  ["https_proxy before HTTPS_PROXY", target, { https_proxy: proxy, HTTPS_PROXY: other }, named("HTTPS_PROXY")],
  ["HTTPS_PROXY if https_proxy is empty", target, { https_proxy: "", HTTPS_PROXY: proxy }, named("HTTPS_PROXY")],
  ["no proxy if HTTPS_PROXY is empty", target, { HTTPS_PROXY: "" }, undefined],
  ["no proxy for https if only HTTP_PROXY is set", target, { HTTP_PROXY: proxy }, undefined],
  ["HTTP_PROXY for http", "http://example.com", { HTTP_PROXY: proxy, HTTPS_PROXY: other }, named("HTTP_PROXY")],
  ["http_proxy for http", "http://example.com", { http_proxy: proxy }, named("HTTP_PROXY")],
  ["no proxy for http if only HTTPS_PROXY is set", "http://example.com", { HTTPS_PROXY: proxy }, undefined],
  ["ALL_PROXY", target, { ALL_PROXY: proxy }, named("ALL_PROXY")],
  ["all_proxy for http", "http://example.com", { all_proxy: proxy }, named("ALL_PROXY")],
  ["HTTPS_PROXY before all_proxy", target, { all_proxy: other, HTTPS_PROXY: proxy }, named("HTTPS_PROXY")],
  ["ALL_PROXY if HTTPS_PROXY is empty", target, { ALL_PROXY: proxy, HTTPS_PROXY: "" }, named("ALL_PROXY")],
])("the environment sets the proxy: %s", (_, address, variables, expected) => {
  expect(shown(new URL(address), variables)).toBe(expected);
});

it.each<[string, string]>([
  ["proxy.example:3128", "http proxy.example 3128"],
  ["user:word@proxy.example:3128", "http proxy.example 3128"],
  [" http://proxy.example:3128/\n", "http proxy.example 3128"],
  ["HTTP://PROXY.example:3128", "http proxy.example 3128"],
  ["http://proxy.example", "http proxy.example 80"],
  ["http://proxy.example:", "http proxy.example 80"],
  ["https://proxy.example", "https proxy.example 443"],
  ["https://proxy.example:80", "https proxy.example 80"],
  ["socks5://proxy.example", "socks5 proxy.example 1080"],
  ["socks5://proxy.example:80", "socks5 proxy.example 80"],
  ["socks5h://proxy.example:1081/", "socks5h proxy.example 1081"],
  ["socks://proxy.example:1080", "socks5h proxy.example 1080"],
  ["http://50%off@proxy.example:3128", "http proxy.example 3128"],
  ["http://user:/@:?#@proxy.example:3128", "http proxy.example 3128"],
  ["http://@proxy.example", "http proxy.example 80"],
  ["user:a://b@proxy.example:3128", "http proxy.example 3128"],
  ["http://10.0.0.1:3128", "http 10.0.0.1 3128"],
  ["http://[fd00::1]:3128", "http fd00::1 3128"],
  ["[fd00::1]", "http fd00::1 80"],
  ["http://user:word@[FD00::1]", "http fd00::1 80"],
])("the address of a proxy may be %j", (HTTPS_PROXY, expected) => {
  expect(shown(new URL(target), { HTTPS_PROXY })).toBe(`HTTPS_PROXY ${expected}`);
});

it.each<[string, string, string]>([
  [target, "https_proxy", "http://"],
  [target, "HTTPS_PROXY", "http://user:theS3CRET@"],
  [target, "HTTPS_PROXY", "http://user:theS3CRET@proxy.example:99999"],
  [target, "HTTPS_PROXY", "http://user:theS3CRET@fd00::1"],
  [target, "HTTPS_PROXY", "socks4://user:theS3CRET@proxy.example"],
  [target, "ALL_PROXY", "user://theS3CRET@proxy.example"],
  [target, "HTTPS_PROXY", "http://proxy.example/theS3CRET"],
  [target, "HTTPS_PROXY", "http://proxy.example?theS3CRET"],
  [target, "HTTPS_PROXY", "ftp://user:theS3CRET@proxy.example"],
  [target, "HTTPS_PROXY", "nohttp://user:theS3CRET@proxy.example"],
  [target, "HTTPS_PROXY", "proxy.example:theS3CRET"],
  ["http://example.com", "HTTP_PROXY", "http:// theS3CRET"],
])("an invalid proxy is a settings error, which does not show the value: %s, %s=%s", async (address, name, value) => {
  expect(
    await catchError(() => proxyFor(new URL(address), (each) => (each === name ? value : undefined))),
  ).toMatchObject({
    name: "SettingsError",
    message: `${name.toUpperCase()} must give the address of a proxy, such as http://proxy.example:3128`,
  });
});

it.each(["http", "https", "socks5"])("printing a proxy shows neither its user nor its password: %s", (scheme) => {
  const found = proxyFor(new URL(target), () => `${scheme}://theUS3R:theS3CRET@proxy.example`);
  const everything = { depth: Infinity, showHidden: true };
  for (const printed of [inspect(found, everything), JSON.stringify(found)]) {
    expect(printed).toContain("proxy.example");
    expect(printed).not.toMatch(asAnyBytes("theUS3R"));
    expect(printed).not.toMatch(asAnyBytes("theS3CRET"));
  }
});

it("a SOCKS proxy accepts at most 255 bytes, which the error says without a value", async () => {
  const sized = (length: number) => ({ HTTPS_PROXY: `socks5://x${"é".repeat(length)}:x@proxy.example` });
  expect(shown(new URL(target), sized(127))).toBe("HTTPS_PROXY socks5 proxy.example 1080");
  expect(await catchError(() => shown(new URL(target), sized(128)))).toMatchObject({
    name: "SettingsError",
    message: "HTTPS_PROXY: a SOCKS proxy takes a user name and a password of at most 255 bytes each",
  });
});

it("an HTTP proxy accepts a user and a password of any length", () => {
  const HTTPS_PROXY = `http://${"x".repeat(300)}:${"y".repeat(300)}@proxy.example`;
  expect(shown(new URL(target), { HTTPS_PROXY })).toBe("HTTPS_PROXY http proxy.example 80");
});

it.each<[string, boolean, string?]>([
  ["*", true],
  ["redis.tencentcloudapi.com", true],
  ["REDIS.TencentCloudAPI.com", true],
  ["tencentcloudapi.com", true],
  [".tencentcloudapi.com", true],
  ["*.tencentcloudapi.com", true],
  ["com", true],
  ["redis.tencentcloudapi.com:443", true],
  ["redis.tencentcloudapi.com:8443", false],
  ["redis.tencentcloudapi.com:8443", true, `${target}:8443`],
  ["redis.tencentcloudapi.com", true, `${target}:8443`],
  ["example.com, tencentcloudapi.com", true],
  ["example.com,tencentcloudapi.com", true],
  ["example.com tencentcloudapi.com", true],
  [",, example.com ,", false],
  [",, example.com ,", false, `${target}.`],
  ["example.com", false],
  // A suffix matches only at a dot.
  ["cloudapi.com", false],
  ["redis", false],
  ["tencentcloudapi.com.example.com", false],
  ["xredis.tencentcloudapi.com", false],
  ["redisxtencentcloudapi.com", false],
  ["redis.tencentcloudapi.com", true, "http://redis.tencentcloudapi.com"],
  ["redis.tencentcloudapi.com:80", true, "http://redis.tencentcloudapi.com"],
  ["redis.tencentcloudapi.com:443", false, "http://redis.tencentcloudapi.com"],
  ["10.0.0.1", true, "https://10.0.0.1"],
  ["[fd00::1]", true, "https://[fd00::1]"],
  ["[fd00::1]:443", true, "https://[fd00::1]"],
  ["fd00::1", false, target],
  ["fd00::1", true, "https://[fd00::1]"],
  ["FD00:0::1", true, "https://[fd00::1]"],
  ["fd00::2", false, "https://[fd00::1]"],
  ["fd00::/16", true, "https://[fd00::1]"],
  ["fe00::/16", false, "https://[fd00::1]"],
  ["10.0.0.0/8", true, "https://10.1.2.3"],
  ["10.0.0.0/16", false, "https://10.1.2.3"],
  ["0.0.0.0/0", false, "https://[fd00::1]"],
  ["10.0.0.0/33", false, "https://10.0.0.0"],
  ["10.0.0.0/x", false, "https://10.0.0.0"],
  ["10.0.0.0/x8", false, "https://10.0.0.0"],
  ["10.0.0.0/8x", false, "https://10.0.0.0"],
  ["example.com/8", false, "https://example.com"],
  ["10.0.0.0/8", false],
  ["", false],
  [".", false],
  [" ", false],
])("NO_PROXY=%j exempts a host: %s", (list, isExempt, address = target) => {
  for (const name of ["NO_PROXY", "no_proxy"]) {
    const variables = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, [name]: list };
    expect(shown(new URL(address), variables) === undefined).toBe(isExempt);
  }
});

it.each([
  ["http://localhost", true],
  ["http://LOCALHOST:80", true],
  ["http://127.0.0.1:8080", true],
  ["http://127.255.1.2", true],
  ["http://127.0.255.254", true],
  // URL expands shorter spellings.
  ["http://127.1", true],
  ["http://0x7f.1", true],
  ["http://[::1]:8080", true],
  ["http://[0:0:0:0:0:0:0:1]", true],
  ["http://127.0.0.1.example.com", false],
  ["http://localhost.example.com", false],
  ["http://example.com/127.0.0.1", false],
  ["http://128.0.0.1", false],
  ["http://10.0.0.1", false],
  ["http://[::2]", false],
  ["http://[fe80::1]", false],
])("%s is this machine: %s", (address, expected) => {
  expect(isLoopback(new URL(address).hostname)).toBe(expected);
});
