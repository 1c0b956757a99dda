import { fromPulumiConfig } from "../../../../provider/tencentcloud/credentials/fromPulumiConfig";
import { failureOf } from "../../support/failure";
import { type Values, surroundings } from "../../support/surroundings";

const key = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "configKey" };
const find = (config: Values) => fromPulumiConfig(surroundings({ config }));

it.each<[string, Values, object]>([
  ["a key", key, { credentials: { secretId: "configId", secretKey: "configKey" } }],
  [
    "a temporary key",
    { ...key, "tencentcloud:securityToken": "t" },
    { credentials: { secretId: "configId", secretKey: "configKey", token: "t" } },
  ],
  ["nothing", {}, { lacks: "tencentcloud:secretId and tencentcloud:secretKey are not set" }],
  [
    "a token alone",
    { "tencentcloud:securityToken": "t" },
    { lacks: "tencentcloud:secretId and tencentcloud:secretKey are not set" },
  ],
])("the stack's config holds %s", (_, config, expected) => {
  expect(find(config)).toStrictEqual(expected);
});

it.each<[string, Values, string]>([
  [
    "half a key",
    { "tencentcloud:secretId": "x" },
    "Pulumi config: tencentcloud:secretId is set, tencentcloud:secretKey is not",
  ],
  [
    "the other half",
    { "tencentcloud:secretKey": "x" },
    "Pulumi config: tencentcloud:secretKey is set, tencentcloud:secretId is not",
  ],
  [
    "a key that was not copied well",
    { ...key, "tencentcloud:secretKey": "a key" },
    "Pulumi config: tencentcloud:secretId, tencentcloud:secretKey or the token holds white space or another " +
      "character that no key has",
  ],
])("the stack's config is broken: %s", async (_, config, message) => {
  expect(await failureOf(() => find(config))).toMatchObject({ name: "CredentialsError", message });
});
