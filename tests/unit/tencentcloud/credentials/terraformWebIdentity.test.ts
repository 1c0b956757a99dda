import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { expectBroken } from "../../support/expectBroken";
import { useSts } from "../../support/sts";
import { type Values, credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";

const home = useTemporaryHome();
const sts = useSts();

const roleArn = "qcs::cam::uin/1:roleName/r";
const variables = {
  TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "github",
  TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "theS3CRETtoken",
  TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn,
};
const object = { providerId: "github", webIdentityToken: "theS3CRETtoken", roleArn };

const resolve = (environment: Values, config: Values = {}) =>
  resolveCredentials(
    credentialContext({ environment, config, homeDirectory: home.at(), stsEndpoint: sts.stsEndpoint }),
  );
const inConfig = (value: unknown, namespace = "tencentcloud-redis") => ({
  [`${namespace}:assumeRoleWithWebIdentity`]: typeof value === "string" ? value : JSON.stringify(value),
});

const asked = {
  ProviderId: "github",
  WebIdentityToken: "theS3CRETtoken",
  RoleArn: roleArn,
  RoleSessionName: "pulumi-tencentcloud-redis",
  DurationSeconds: 7200,
};

const missing = (...names: string[]) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));

const tokenFile = (text: string) => {
  home.write("token", text);
  const inFile = { TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: "~/token" };
  return { ...missing("TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN"), ...inFile };
};

it.each<[string, () => [Values, Values?], object]>([
  ["in the environment", () => [variables], asked],
  [
    "in the environment, with a line break after the token",
    () => [{ ...variables, TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "theS3CRETtoken\n" }],
    asked,
  ],
  [
    "in the environment, with all optional variables",
    () => [
      {
        ...variables,
        TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME: "mine",
        TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "900",
      },
    ],
    { ...asked, RoleSessionName: "mine", DurationSeconds: 900 },
  ],
  ["in a file", () => [tokenFile("theS3CRETtoken\n")], asked],
  ["in a file, as JSON in Terraform's format", () => [tokenFile('{"web_identity_token": "theS3CRETtoken\\n"}')], asked],
  ["in tencentcloud-redis:", () => [{}, inConfig(object)], asked],
  ["in tencentcloud:", () => [{}, inConfig(object, "tencentcloud")], asked],
  [
    "in tencentcloud-redis: before tencentcloud: and the environment",
    () => [
      { ...variables, TENCENTCLOUD_ASSUME_ROLE_ARN: "x" },
      { ...inConfig(object), ...inConfig({ ...object, roleArn: "y" }, "tencentcloud") },
    ],
    asked,
  ],
  [
    "in config, with all optional fields",
    () => [{}, inConfig({ ...object, sessionName: "mine", sessionDuration: "900" })],
    { ...asked, RoleSessionName: "mine", DurationSeconds: 900 },
  ],
])("the role is requested once, without a key, as set %s", async (_, values, parameters) => {
  await expect(resolve(...values())).resolves.toHaveProperty("secretId", "temporaryId");
  const question = { action: "AssumeRoleWithWebIdentity", region: "ap-guangzhou", signedBy: "SKIP", parameters };
  expect(sts.questions()).toEqual([question]);
});

const tokenOrFile = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN or TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE";
const name = "Config tencentcloud-redis:assumeRoleWithWebIdentity";

it.each<[string, () => [Values, Values?], string]>([
  [
    "without a provider",
    () => [missing("TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID")],
    "Web identity: TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID not set",
  ],
  [
    "without a role",
    () => [missing("TENCENTCLOUD_ASSUME_ROLE_ARN")],
    "Web identity: TENCENTCLOUD_ASSUME_ROLE_ARN not set",
  ],
  [
    "without a token",
    () => [missing("TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN")],
    `Web identity: ${tokenOrFile} not set`,
  ],
  [
    "with a blank token",
    () => [{ ...variables, TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: " \n" }],
    `Web identity: ${tokenOrFile} not set`,
  ],
  [
    "with only a token",
    () => [missing("TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID", "TENCENTCLOUD_ASSUME_ROLE_ARN")],
    "Web identity: TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID, TENCENTCLOUD_ASSUME_ROLE_ARN not set",
  ],
  [
    "with a duration with a unit",
    () => [{ ...variables, TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "1h" }],
    "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION must be a whole number of seconds",
  ],
  ["with an empty file", () => [tokenFile(" ")], "Web identity: FILE is empty"],
  [
    "with JSON that contains no token",
    () => [tokenFile('{"token": "theS3CRETtoken"}')],
    "Web identity: FILE has no web_identity_token",
  ],
  [
    "with truncated JSON",
    () => [tokenFile('{"web_identity_token": "theS3CRETtok')],
    "Web identity: FILE has no web_identity_token",
  ],
  [
    "with a file that does not exist",
    () => [{ ...tokenFile("x"), TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: "~/gone" }],
    "Web identity: HOME/gone does not exist",
  ],
  [
    "without a provider in config",
    () => [{}, inConfig({ ...object, providerId: undefined })],
    `${name}: providerId not set`,
  ],
  [
    "without a token in config",
    () => [{}, inConfig({ ...object, webIdentityToken: "" })],
    `${name}: webIdentityToken or webIdentityTokenFile not set`,
  ],
  ["without a role in config", () => [{}, inConfig({ ...object, roleArn: undefined })], `${name}: roleArn not set`],
  [
    "with only a role in config, even if the environment is complete",
    () => [variables, inConfig({ roleArn })],
    `${name}: providerId, webIdentityToken or webIdentityTokenFile not set`,
  ],
  [
    "with an unknown field",
    () => [{}, inConfig({ ...object, policy: "{}" })],
    `${name}: unknown field policy, use providerId, webIdentityToken, webIdentityTokenFile, roleArn, sessionName, sessionDuration`,
  ],
  [
    "with a token that is a number",
    () => [{}, inConfig({ ...object, webIdentityToken: 5 })],
    `${name}: webIdentityToken must be a string`,
  ],
  [
    "with invalid JSON in config",
    () => [{}, inConfig("theS3CRETtoken")],
    `${name} is not valid JSON: in the stack's config, set it with --path, as in tencentcloud-redis:assumeRoleWithWebIdentity.roleArn`,
  ],
  [
    "with a file in the home directory of another user",
    () => [{ ...tokenFile("x"), TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: "~ci/token" }],
    'Web identity: TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: "~" stands for your own home directory only, use a full path for another one',
  ],
])("a web identity %s is an error before anything is sent", async (_, values, message) => {
  const expected = message.replace("FILE is", `${home.at("token")} is`).replace("FILE has", `${home.at("token")} has`);
  await expectBroken(() => resolve(...values()), expected.replace("HOME", home.at()));
  expect(sts.questions()).toEqual([]);
});
