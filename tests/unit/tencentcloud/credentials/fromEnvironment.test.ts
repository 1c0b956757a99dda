import { fromEnvironment } from "../../../../provider/tencentcloud/credentials/fromEnvironment";
import { failureOf } from "../../support/failure";
import { type Values, surroundings } from "../../support/surroundings";

const key = { TENCENTCLOUD_SECRET_ID: "environmentId", TENCENTCLOUD_SECRET_KEY: "environmentKey" };
const credentials = { secretId: "environmentId", secretKey: "environmentKey" };
const find = (environment: Values) => fromEnvironment(surroundings({ environment }));

it.each<[string, Values, object]>([
  ["a key", key, { credentials }],
  ["nothing", {}, { lacks: "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set" }],
  [
    "a token alone",
    { TENCENTCLOUD_TOKEN: "t" },
    { lacks: "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set" },
  ],
])("the environment holds %s", (_, environment, expected) => {
  expect(find(environment)).toStrictEqual(expected);
});

it.each<[string, Values, string]>([
  ["Terraform", { TENCENTCLOUD_SECURITY_TOKEN: "t" }, "t"],
  ["the vendor's SDK", { TENCENTCLOUD_SESSION_TOKEN: "t" }, "t"],
  ["the vendor's command line", { TENCENTCLOUD_TOKEN: "t" }, "t"],
  ["Terraform before others", { TENCENTCLOUD_TOKEN: "b", TENCENTCLOUD_SECURITY_TOKEN: "a" }, "a"],
  ["others, where one is empty", { TENCENTCLOUD_SECURITY_TOKEN: "", TENCENTCLOUD_SESSION_TOKEN: "b" }, "b"],
])("a token is found by the name that it has in %s", (_, values, token) => {
  expect(find({ ...key, ...values })).toStrictEqual({ credentials: { ...credentials, token } });
});

const wrongCharacter =
  "Environment: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY or the token holds white space or another character " +
  "that no key has";

it.each<[string, Values, string]>([
  [
    "half a key",
    { TENCENTCLOUD_SECRET_ID: "x" },
    "Environment: TENCENTCLOUD_SECRET_ID is set, TENCENTCLOUD_SECRET_KEY is not",
  ],
  [
    "the other half",
    { TENCENTCLOUD_SECRET_KEY: "x" },
    "Environment: TENCENTCLOUD_SECRET_KEY is set, TENCENTCLOUD_SECRET_ID is not",
  ],
  ["a line break at the end of the key", { ...key, TENCENTCLOUD_SECRET_KEY: "environmentKey\n" }, wrongCharacter],
  ["a space before the id", { ...key, TENCENTCLOUD_SECRET_ID: " environmentId" }, wrongCharacter],
  ["a line break in the token", { ...key, TENCENTCLOUD_TOKEN: "environment\ntoken" }, wrongCharacter],
  ["a token in letters of another alphabet", { ...key, TENCENTCLOUD_TOKEN: "environmentτoken" }, wrongCharacter],
])("the environment is broken, and what it holds is not shown: %s", async (_, environment, message) => {
  expect(await failureOf(() => find(environment))).toMatchObject({ name: "CredentialsError", message });
});
