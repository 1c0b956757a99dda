import { type Lookup, resolveCredentials } from "../../../provider/tencentcloud/credentials";
import { failureOf } from "../support/failure";

type Values = Record<string, string>;

const lookup =
  (values: Values): Lookup =>
  (name) =>
    values[name];
const resolve = (config: Values, environment: Values) => resolveCredentials(lookup(config), lookup(environment));

const config = { "tencentcloud:secretId": "configId", "tencentcloud:secretKey": "configKey" };
const environment = { TENCENTCLOUD_SECRET_ID: "environmentId", TENCENTCLOUD_SECRET_KEY: "environmentKey" };
const fromConfig = { secretId: "configId", secretKey: "configKey" };
const fromEnvironment = { secretId: "environmentId", secretKey: "environmentKey" };

it.each<[string, Values, Values, object]>([
  ["the environment", {}, environment, fromEnvironment],
  ["Pulumi config", config, {}, fromConfig],
  ["Pulumi config, where both have some", config, environment, fromConfig],
  ["Pulumi config, without the environment's token", config, { TENCENTCLOUD_TOKEN: "t" }, fromConfig],
  ["Pulumi config with a token", { ...config, "tencentcloud:securityToken": "t" }, {}, { ...fromConfig, token: "t" }],
  ["the environment, where the config is empty", { "tencentcloud:secretId": "" }, environment, fromEnvironment],
])("the credentials come from %s", (_, configValues, environmentValues, expected) => {
  expect(resolve(configValues, environmentValues)).toStrictEqual(expected);
});

it.each<[string, Values, string]>([
  ["Terraform", { TENCENTCLOUD_SECURITY_TOKEN: "t" }, "t"],
  ["the vendor's SDK", { TENCENTCLOUD_SESSION_TOKEN: "t" }, "t"],
  ["the vendor's command line", { TENCENTCLOUD_TOKEN: "t" }, "t"],
  ["Terraform before others", { TENCENTCLOUD_TOKEN: "b", TENCENTCLOUD_SECURITY_TOKEN: "a" }, "a"],
  ["others, where one is empty", { TENCENTCLOUD_SECURITY_TOKEN: "", TENCENTCLOUD_SESSION_TOKEN: "b" }, "b"],
])("a token is found by the name that it has in %s", (_, values, token) => {
  expect(resolve({}, { ...environment, ...values })).toStrictEqual({ ...fromEnvironment, token });
});

it.each<[string, Values, Values, string]>([
  [
    "no key",
    {},
    {},
    "No Tencent Cloud credentials: set the environment variables TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, " +
      "or the Pulumi config tencentcloud:secretId and tencentcloud:secretKey (both with --secret)",
  ],
  [
    "half a key in the environment",
    {},
    { TENCENTCLOUD_SECRET_ID: "x" },
    "TENCENTCLOUD_SECRET_ID is set, TENCENTCLOUD_SECRET_KEY is not",
  ],
  [
    "the other half",
    {},
    { TENCENTCLOUD_SECRET_KEY: "x" },
    "TENCENTCLOUD_SECRET_KEY is set, TENCENTCLOUD_SECRET_ID is not",
  ],
  [
    "half a key in the config, though the environment has one",
    { "tencentcloud:secretId": "x" },
    environment,
    "Pulumi config tencentcloud:secretId is set, Pulumi config tencentcloud:secretKey is not",
  ],
  [
    "the other half in the config",
    { "tencentcloud:secretKey": "x" },
    environment,
    "Pulumi config tencentcloud:secretKey is set, Pulumi config tencentcloud:secretId is not",
  ],
])("what is missing is said: %s", async (_, configValues, environmentValues, message) => {
  const error = await failureOf(() => resolve(configValues, environmentValues));
  expect(error).toMatchObject({ name: "CredentialsError", message });
});

const wrongCharacter =
  "TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY or the token holds white space or another character no key has";

it.each<[string, Values]>([
  ["a line break at the end of the key", { TENCENTCLOUD_SECRET_KEY: "environmentKey\n" }],
  ["a space before the id", { TENCENTCLOUD_SECRET_ID: " environmentId" }],
  ["a line break in the token", { TENCENTCLOUD_TOKEN: "environment\ntoken" }],
  ["a token in letters of another alphabet", { TENCENTCLOUD_TOKEN: "environmentτoken" }],
])("a key that was not copied well is refused, and not shown: %s", async (_, values) => {
  const error = await failureOf(() => resolve({}, { ...environment, ...values }));
  expect(error).toMatchObject({ name: "CredentialsError", message: wrongCharacter });
});

it("a key in the config that was not copied well is called by its names there", async () => {
  const error = await failureOf(() => resolve({ ...config, "tencentcloud:secretKey": "a key" }, {}));
  expect(error).toMatchObject({
    message: expect.stringContaining(
      "Pulumi config tencentcloud:secretId, Pulumi config tencentcloud:secretKey or",
    ) as unknown,
  });
});
