import { endpointFor } from "../../../provider/tencentcloud/endpoint";
import { failureOf } from "../support/failure";

it.each([
  ["ap-guangzhou", "https://redis.tencentcloudapi.com/"],
  ["eu-frankfurt", "https://redis.tencentcloudapi.com/"],
  ["ap-shanghai-fsi", "https://redis.ap-shanghai-fsi.tencentcloudapi.com/"],
  ["ap-some-new-fsi", "https://redis.ap-some-new-fsi.tencentcloudapi.com/"],
])("requests for %s go to %s", (region, address) => {
  expect(endpointFor(region).href).toBe(address);
});

it.each([
  ["https://redis.ap-guangzhou.tencentcloudapi.com", "https://redis.ap-guangzhou.tencentcloudapi.com/"],
  ["https://redis.intl.tencentcloudapi.com/", "https://redis.intl.tencentcloudapi.com/"],
  ["https://proxy.example:8443", "https://proxy.example:8443/"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
  ["http://127.1.2.3", "http://127.1.2.3/"],
  ["http://localhost:8080", "http://localhost:8080/"],
  ["http://[::1]:8080", "http://[::1]:8080/"],
])("an address given by the user is taken instead, in any region: %s", (override, address) => {
  expect(endpointFor("ap-guangzhou", override).href).toBe(address);
  expect(endpointFor("ap-shanghai-fsi", override).href).toBe(address);
});

it("an empty address counts as none", () => {
  expect(endpointFor("ap-guangzhou", "").href).toBe("https://redis.tencentcloudapi.com/");
});

const noAddress = "The endpoint must be an address such as https://redis.tencentcloudapi.com";
const tooMuch = "The endpoint must be a scheme, a host and a port, nothing else";
const inTheClear = "The endpoint must use https: plain http is for loopback addresses only";

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
])("an address that would do harm is refused: %s", async (override, message) => {
  expect(await failureOf(() => endpointFor("ap-guangzhou", override))).toMatchObject({
    name: "SettingsError",
    message,
  });
});
