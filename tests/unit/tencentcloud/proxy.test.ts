import { isLoopback, proxyFor } from "../../../provider/tencentcloud/proxy";
import { failureOf } from "../support/failure";

const target = "https://redis.tencentcloudapi.com";
const proxy = "http://proxy.example:3128";
const other = "http://other.example:3128";

type Variables = Record<string, string>;

it.each<[string, string, Variables, string | undefined]>([
  ["nothing", target, {}, undefined],
  ["HTTPS_PROXY", target, { HTTPS_PROXY: proxy }, proxy],
  ["https_proxy", target, { https_proxy: proxy }, proxy],
  ["both spellings: the lower one", target, { https_proxy: proxy, HTTPS_PROXY: other }, proxy],
  ["both spellings, the lower one empty", target, { https_proxy: "", HTTPS_PROXY: proxy }, proxy],
  ["an empty one", target, { HTTPS_PROXY: "" }, undefined],
  ["HTTP_PROXY, which is for http", target, { HTTP_PROXY: proxy }, undefined],
  ["HTTP_PROXY for http", "http://example.com", { HTTP_PROXY: proxy, HTTPS_PROXY: other }, proxy],
  ["http_proxy for http", "http://example.com", { http_proxy: proxy }, proxy],
  ["HTTPS_PROXY, which is not for http", "http://example.com", { HTTPS_PROXY: proxy }, undefined],
])("the proxy is the one that the environment names: %s", (_, address, variables, expected) => {
  expect(proxyFor(new URL(address), variables)).toBe(expected);
});

it.each<[string, string]>([
  ["proxy.example:3128", proxy],
  ["user:word@proxy.example:3128", "http://user:word@proxy.example:3128"],
  ["https://proxy.example", "https://proxy.example"],
  ["socks5://proxy.example:1080", "socks5://proxy.example:1080"],
  ["socks://proxy.example:1080", "socks://proxy.example:1080"],
  ["http://50%off@proxy.example:3128", "http://50%off@proxy.example:3128"],
])("the proxy's address may be %s", (HTTPS_PROXY, expected) => {
  expect(proxyFor(new URL(target), { HTTPS_PROXY })).toBe(expected);
});

it.each<[string, string, string]>([
  [target, "https_proxy", "http://"],
  [target, "HTTPS_PROXY", "http://user:theS3CRET@"],
  [target, "HTTPS_PROXY", "http://user:theS3CRET%@proxy.example"],
  [target, "HTTPS_PROXY", "http://theS3CRET%:12345@proxy.example"],
  [target, "HTTPS_PROXY", "http://proxy.example/theS3CRET"],
  [target, "HTTPS_PROXY", "http://proxy.example?theS3CRET"],
  [target, "HTTPS_PROXY", "ftp://user:theS3CRET@proxy.example"],
  [target, "HTTPS_PROXY", "nohttp://user:theS3CRET@proxy.example"],
  [target, "HTTPS_PROXY", "proxy.example:theS3CRET"],
  ["http://example.com", "HTTP_PROXY", "http:// theS3CRET"],
])("a proxy that is none is a wrong setting, whose value is not shown: %s, %s=%s", async (address, name, value) => {
  expect(await failureOf(() => proxyFor(new URL(address), { [name]: value }))).toMatchObject({
    name: "SettingsError",
    message: `${name.toUpperCase()} must give the address of a proxy, such as http://proxy.example:3128`,
  });
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
  // Part of a name is no domain of it.
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
  ["", false],
  [".", false],
  [" ", false],
])("NO_PROXY=%s exempts a host: %s", (list, isExempt, address = target) => {
  for (const name of ["NO_PROXY", "no_proxy"]) {
    const variables = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, [name]: list };
    expect(proxyFor(new URL(address), variables)).toBe(isExempt ? undefined : proxy);
  }
});

it.each([
  ["http://localhost", true],
  ["http://LOCALHOST:80", true],
  ["http://127.0.0.1:8080", true],
  ["http://127.255.1.2", true],
  ["http://127.0.255.254", true],
  // What URL makes of shorter spellings.
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
