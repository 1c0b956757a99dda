import { type EndpointSettings, endpointFor } from "../../../../provider/tencentcloud/transport/endpoint";
import { catchError } from "../../support/failure";

type Values = Readonly<Partial<Record<keyof EndpointSettings, string>>>;

/** Settings with these values, as Pulumi config names them. */
const named = (values: Values): EndpointSettings =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { name: `tencentcloud:${name}`, value }]));

it.each<["redis" | "sts", string, Values, string]>([
  ["redis", "ap-guangzhou", {}, "https://redis.tencentcloudapi.com/"],
  ["redis", "eu-frankfurt", {}, "https://redis.tencentcloudapi.com/"],
  ["sts", "ap-guangzhou", {}, "https://sts.tencentcloudapi.com/"],
  // Finance regions are isolated. New ones may be added at any time, so this is a rule, not a list.
  ["redis", "ap-shanghai-fsi", {}, "https://redis.ap-shanghai-fsi.tencentcloudapi.com/"],
  ["redis", "ap-some-new-fsi", {}, "https://redis.ap-some-new-fsi.tencentcloudapi.com/"],
  ["sts", "ap-shanghai-fsi", {}, "https://sts.ap-shanghai-fsi.tencentcloudapi.com/"],
  ["redis", "ap-shanghai-fsi-1", {}, "https://redis.tencentcloudapi.com/"],
  // The international site.
  ["redis", "ap-singapore", { domain: "intl.tencentcloudapi.com" }, "https://redis.intl.tencentcloudapi.com/"],
  ["sts", "ap-singapore", { domain: "intl.tencentcloudapi.com" }, "https://sts.intl.tencentcloudapi.com/"],
  ["redis", "ap-shanghai-fsi", { domain: "example.com" }, "https://redis.ap-shanghai-fsi.example.com/"],
  ["redis", "ap-guangzhou", { domain: "example.com:8443" }, "https://redis.example.com:8443/"],
  ["redis", "ap-guangzhou", { protocol: "https" }, "https://redis.tencentcloudapi.com/"],
  ["redis", "ap-guangzhou", { protocol: "HTTPS" }, "https://redis.tencentcloudapi.com/"],
])("requests to %s in %s with %j go to %s", (service, region, settings, address) => {
  expect(endpointFor(service, region, named(settings)).href).toBe(address);
});

it.each([
  ["https://redis.ap-guangzhou.tencentcloudapi.com", "https://redis.ap-guangzhou.tencentcloudapi.com/"],
  ["https://redis.intl.tencentcloudapi.com/", "https://redis.intl.tencentcloudapi.com/"],
  ["https://proxy.example:8443", "https://proxy.example:8443/"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
  ["http://127.1.2.3", "http://127.1.2.3/"],
  ["http://localhost:8080", "http://localhost:8080/"],
  ["http://[::1]:8080", "http://[::1]:8080/"],
])("the user's address overrides all other settings: %s", (endpoint, address) => {
  expect(endpointFor("redis", "ap-guangzhou", named({ endpoint })).href).toBe(address);
  expect(endpointFor("sts", "ap-shanghai-fsi", named({ endpoint, domain: "x", protocol: "y" })).href).toBe(address);
});

it("an empty address counts as not set", () => {
  expect(endpointFor("redis", "ap-guangzhou", named({ endpoint: "" })).href).toBe("https://redis.tencentcloudapi.com/");
});

const noAddress = "must give an address such as https://redis.tencentcloudapi.com";
const noProtocol = "must be https, or http for a loopback address";
const tooMuch = "must give a scheme, a host and a port, nothing else";
const inTheClear = "must use https: plain http is for loopback addresses only";

it.each([
  ["redis.tencentcloudapi.com", noAddress],
  ["redis.tencentcloudapi.com:443", noAddress],
  ["ftp://redis.tencentcloudapi.com", noAddress],
  ["https://", noAddress],
  ["https://example.com/redis", tooMuch],
  ["https://example.com/?region=x", tooMuch],
  ["https://example.com/#x", tooMuch],
  ["https://user@example.com", tooMuch],
  ["https://:secret@example.com", tooMuch],
  ["http://redis.tencentcloudapi.com", inTheClear],
  ["http://10.0.0.1", inTheClear],
  ["http://127.0.0.1.example.com", inTheClear],
  ["http://localhost.example.com", inTheClear],
])("an unsafe address is rejected: %s", async (endpoint, message) => {
  expect(await catchError(() => endpointFor("redis", "ap-guangzhou", named({ endpoint })))).toMatchObject({
    name: "SettingsError",
    message: `tencentcloud:endpoint ${message}`,
  });
});

it.each<[string, Values, string]>([
  ["plain http to the service", { protocol: "http" }, inTheClear],
  ["plain http to another domain", { domain: "example.com", protocol: "http" }, inTheClear],
  ["another protocol", { protocol: "ftp" }, noProtocol],
  ["an invalid protocol", { protocol: "https://" }, noProtocol],
  ["a domain with a path", { domain: "example.com/redis" }, tooMuch],
  ["a domain with a user", { domain: "user:secret@example.com" }, tooMuch],
  ["an invalid domain", { domain: "exa mple.com" }, noAddress],
])("unsafe settings are rejected: %s", async (_, settings, message) => {
  expect(await catchError(() => endpointFor("redis", "ap-guangzhou", named(settings)))).toMatchObject({
    name: "SettingsError",
    message: `${Object.keys(settings)
      .map((name) => `tencentcloud:${name}`)
      .join(" or ")} ${message}`,
  });
});

it("a region that cannot be part of a host name is rejected", async () => {
  expect(await catchError(() => endpointFor("sts", "evil.example/-fsi"))).toMatchObject({
    name: "SettingsError",
    message: `region ${tooMuch}`,
  });
});
