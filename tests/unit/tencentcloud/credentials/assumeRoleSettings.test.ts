import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { type Values, credentialContext } from "../../support/credentialContext";
import { expectBroken } from "../../support/expectBroken";
import { useSts } from "../../support/sts";

const sts = useSts();

const resolve = (config: Values, environment: Values) =>
  resolveCredentials(credentialContext({ config, environment, stsEndpoint: sts.stsEndpoint }));

describe("a role to assume", () => {
  const roleArn = "qcs::cam::uin/1:roleName/r";
  const inConfig = (changes: object = {}) => ({ "tencentcloud:assumeRole": JSON.stringify({ roleArn, ...changes }) });
  const inEnvironment = (changes: Values = {}) => ({ TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn, ...changes });
  const key = { TENCENTCLOUD_SECRET_ID: "ofTheEnvironment", TENCENTCLOUD_SECRET_KEY: "k" };
  const asked = { RoleArn: roleArn, RoleSessionName: "pulumi-tencentcloud-redis", DurationSeconds: 7200 };

  it.each<[string, Values, Values, object]>([
    ["the config", inConfig(), {}, asked],
    ["the environment", {}, inEnvironment(), asked],
    [
      "the config rather than the environment",
      inConfig({ roleArn: "qcs::cam::uin/1:roleName/other" }),
      inEnvironment({ TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID: "e" }),
      { ...asked, RoleArn: "qcs::cam::uin/1:roleName/other" },
    ],
    [
      "the config with every field",
      inConfig({
        sessionName: "mine",
        sessionDuration: 900,
        policy: '{"version":"2.0"}',
        externalId: "e",
        sourceIdentity: "100000000001",
        serialNumber: "qcs::cam:uin/1::mfa/softToken",
        tokenCode: "123456",
      }),
      {},
      {
        RoleArn: roleArn,
        RoleSessionName: "mine",
        DurationSeconds: 900,
        Policy: "%7B%22version%22%3A%222.0%22%7D",
        ExternalId: "e",
        SourceIdentity: "100000000001",
        SerialNumber: "qcs::cam:uin/1::mfa/softToken",
        TokenCode: "123456",
      },
    ],
    [
      "tencentcloud-redis: rather than tencentcloud:",
      {
        ...inConfig({ roleArn: "qcs::cam::uin/1:roleName/other", externalId: "e" }),
        "tencentcloud-redis:assumeRole": JSON.stringify({ roleArn }),
      },
      {},
      asked,
    ],
    [
      "tencentcloud-redis: rather than the environment",
      { "tencentcloud-redis:assumeRole": JSON.stringify({ roleArn }) },
      inEnvironment({ TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/other" }),
      asked,
    ],
    [
      "tencentcloud: if tencentcloud-redis: is empty",
      { ...inConfig(), "tencentcloud-redis:assumeRole": "" },
      {},
      asked,
    ],
    [
      "the config, with a number as a string",
      inConfig({ sessionDuration: "900" }),
      {},
      { ...asked, DurationSeconds: 900 },
    ],
    [
      "the config, with strings of digits, which Pulumi reads as numbers",
      inConfig({ tokenCode: 123456, sourceIdentity: 100000000001 }),
      {},
      { ...asked, TokenCode: "123456", SourceIdentity: "100000000001" },
    ],
    ["the config, with empty strings", inConfig({ sessionName: "", policy: "", tokenCode: "" }), {}, asked],
    [
      "the environment with every field",
      {},
      inEnvironment({
        TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME: "mine",
        TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "900",
        TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID: "e",
        TENCENTCLOUD_ASSUME_ROLE_SOURCE_IDENTITY: "100000000001",
        TENCENTCLOUD_ASSUME_ROLE_SERIAL_NUMBER: "n",
        TENCENTCLOUD_ASSUME_ROLE_TOKEN_CODE: "123456",
        TENCENTCLOUD_ROLE_SESSION_NAME: "other",
      }),
      {
        RoleArn: roleArn,
        RoleSessionName: "mine",
        DurationSeconds: 900,
        ExternalId: "e",
        SourceIdentity: "100000000001",
        SerialNumber: "n",
        TokenCode: "123456",
      },
    ],
    ["TCCLI's variable", {}, { TENCENTCLOUD_ROLE_ARN: roleArn }, asked],
    [
      "TCCLI's variables, with a session name",
      {},
      {
        TENCENTCLOUD_ROLE_ARN: roleArn,
        TENCENTCLOUD_ROLE_SESSION_NAME: "mine",
        TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME: "other",
      },
      { ...asked, RoleSessionName: "mine" },
    ],
    [
      "Terraform's variable rather than TCCLI's",
      {},
      inEnvironment({ TENCENTCLOUD_ROLE_ARN: "qcs::cam::uin/1:roleName/other" }),
      asked,
    ],
  ])("is requested with the parameters of %s", async (_, config, environment, parameters) => {
    await resolve(config, { ...key, ...environment });
    expect(sts.questions().map((question) => question.parameters)).toEqual([parameters]);
  });

  const name = "Config tencentcloud:assumeRole";
  const noObject = `${name} must be a JSON object: in the stack's config, set it with --path, as in tencentcloud:assumeRole.roleArn`;
  const noDuration = `${name}: sessionDuration must be a whole number of seconds`;
  const fields = "roleArn, sessionName, policy, externalId, sourceIdentity, serialNumber, tokenCode, sessionDuration";

  it.each<[string, Values, Values, string]>([
    [
      "invalid JSON",
      { "tencentcloud:assumeRole": "theS3CRET" },
      {},
      `${name} is not valid JSON: in the stack's config, set it with --path, as in tencentcloud:assumeRole.roleArn`,
    ],
    [
      "invalid JSON in tencentcloud-redis:",
      { "tencentcloud-redis:assumeRole": "theS3CRET", ...inConfig() },
      {},
      "Config tencentcloud-redis:assumeRole is not valid JSON: in the stack's config, set it with --path, as in " +
        "tencentcloud-redis:assumeRole.roleArn",
    ],
    ["a string instead of an object", { "tencentcloud:assumeRole": '"theS3CRET"' }, {}, noObject],
    ["null instead of an object", { "tencentcloud:assumeRole": "null" }, {}, noObject],
    ["a list instead of an object", { "tencentcloud:assumeRole": "[]" }, {}, noObject],
    ["no role", { "tencentcloud:assumeRole": "{}" }, {}, `${name} has no roleArn`],
    ["an empty role", inConfig({ roleArn: "" }), {}, `${name} has no roleArn`],
    ["a role that is a number", inConfig({ roleArn: 5 }), {}, `${name}: roleArn must be a string`],
    ["a session name that is a number", inConfig({ sessionName: 5 }), {}, `${name}: sessionName must be a string`],
    ["a policy that is an object", inConfig({ policy: { of: "S3CRET" } }), {}, `${name}: policy must be a string`],
    ["a policy with a lone surrogate", inConfig({ policy: "\ud800" }), {}, `${name}: policy must be a string`],
    ["an external id that is a number", inConfig({ externalId: 5 }), {}, `${name}: externalId must be a string`],
    ["an unknown field", inConfig({ role: "S3CRET" }), {}, `${name}: unknown field role, use ${fields}`],
    [
      "Terraform's spelling of a field",
      inConfig({ session_name: "x" }),
      {},
      `${name}: unknown field session_name, use ${fields}`,
    ],
    [
      "an unknown field whose name may be a secret",
      inConfig({ "the S3CRET": 1 }),
      {},
      `${name}: unknown field, use ${fields}`,
    ],
    ["an MFA code that is a list", inConfig({ tokenCode: ["S3CRET"] }), {}, `${name}: tokenCode must be a string`],
    ["a duration in hexadecimal", inConfig({ sessionDuration: "0x10" }), {}, noDuration],
    ["a duration of 0", inConfig({ sessionDuration: 0 }), {}, noDuration],
    ["a negative duration", inConfig({ sessionDuration: -5 }), {}, noDuration],
    ["a duration with a fraction", inConfig({ sessionDuration: 0.5 }), {}, noDuration],
    ["a duration with a unit", inConfig({ sessionDuration: "1h" }), {}, noDuration],
    ["an empty duration", inConfig({ sessionDuration: "" }), {}, noDuration],
    ["a blank duration", inConfig({ sessionDuration: " " }), {}, noDuration],
    ["a boolean duration", inConfig({ sessionDuration: true }), {}, noDuration],
    ["a duration that is null", inConfig({ sessionDuration: null }), {}, noDuration],
    [
      "a duration with a unit in the environment",
      {},
      inEnvironment({ TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "1h" }),
      "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION must be a whole number of seconds",
    ],
  ])("is an error before STS is called if its settings contain %s", async (_, config, environment, message) => {
    await expectBroken(() => resolve(config, { ...key, ...environment }), message);
    expect(sts.questions()).toEqual([]);
  });
});
