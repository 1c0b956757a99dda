import { isStsOfSameService } from "../../../../provider/resource/settings/settings";
import type { Values } from "../../support/credentialContext";
import { own, shared } from "../../support/identities";
import { role, useSettings } from "../../support/settings";

const { set, send, answerTemporaryKey, hosts } = useSettings();

it.each<[string, Values, Values, string]>([
  ["environment", { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" }, {}, "127.0.0.1:1"],
  ["Pulumi config", {}, { "tencentcloud-redis:stsEndpoint": "http://127.0.0.1:2" }, "127.0.0.1:2"],
  [
    "Pulumi config before the environment",
    { TENCENTCLOUD_STS_ENDPOINT: "http://127.0.0.1:1" },
    { "tencentcloud-redis:stsEndpoint": "http://127.0.0.1:2" },
    "127.0.0.1:2",
  ],
])("a role is requested from the STS endpoint in the %s", async (_, environment, config, host) => {
  answerTemporaryKey();
  set({ ...role, ...environment }, config);
  await send();
  expect(hosts()).toEqual([host, "redis.tencentcloudapi.com"]);
});

it.each<[string, Values, Values, boolean]>([
  ["neither endpoint is overridden", {}, {}, true],
  ["only the Redis endpoint is overridden in the environment", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, {}, false],
  ["only the Redis endpoint is overridden in Pulumi config", {}, own("endpoint", "x"), false],
  ["only the STS endpoint is overridden in the environment", { TENCENTCLOUD_STS_ENDPOINT: "x" }, {}, false],
  ["only the STS endpoint is overridden in Pulumi config", {}, own("stsEndpoint", "x"), false],
  ["both endpoints are overridden", { TENCENTCLOUD_REDIS_ENDPOINT: "x", TENCENTCLOUD_STS_ENDPOINT: "x" }, {}, true],
  ["both are overridden, in different places", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, own("stsEndpoint", "x"), true],
  [
    "an endpoint is in the namespace of the tencentcloud provider, which never counts",
    {},
    shared("endpoint", "x"),
    true,
  ],
  ["both are empty", { TENCENTCLOUD_REDIS_ENDPOINT: "" }, own("stsEndpoint", ""), true],
  ["one is overridden and the other one is empty", { TENCENTCLOUD_REDIS_ENDPOINT: "x" }, own("stsEndpoint", ""), false],
  ["another domain is set for both", { TENCENTCLOUD_DOMAIN: "intl.tencentcloudapi.com" }, {}, true],
])("detects whether STS belongs to the same service if %s", (_, environment, config, expected) => {
  const lookup = (values: Values) => (name: string) => values[name];
  expect(isStsOfSameService({ config: lookup(config), environment: lookup(environment) })).toBe(expected);
});
