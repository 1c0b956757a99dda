import type { Values } from "../../support/credentialContext";
import { expectBroken } from "../../support/expectBroken";
import {
  type Setup,
  key,
  own,
  ownKey,
  shared,
  sharedKey,
  useIdentities,
  webIdentityVariables,
} from "../../support/identities";

const { home, sts, resolve } = useIdentities();

describe("two identities in one place are an error that names both:", () => {
  const differ = "select different credentials, remove one of them";

  it.each<[string, Setup, string]>([
    [
      "a key and a profile in tencentcloud-redis:",
      { config: { ...ownKey, ...own("profile", "a") } },
      `Config: tencentcloud-redis:secretId and tencentcloud-redis:profile ${differ}`,
    ],
    [
      "a profile and a role in tencentcloud:",
      { config: { ...shared("profile", "a"), ...shared("camRoleName", "r") } },
      `Config: tencentcloud:profile and tencentcloud:camRoleName ${differ}`,
    ],
    [
      "a key and a profile in the environment",
      { environment: { ...key, TCCLI_PROFILE: "a" } },
      `Environment: TENCENTCLOUD_SECRET_ID and TCCLI_PROFILE ${differ}`,
    ],
    [
      "a token alone and a profile in the environment",
      { environment: { TENCENTCLOUD_TOKEN: "theS3CRETtoken", TENCENTCLOUD_PROFILE: "a" } },
      `Environment: TENCENTCLOUD_TOKEN and TENCENTCLOUD_PROFILE ${differ}`,
    ],
    [
      "a key and a web identity in the environment",
      { environment: { ...key, ...webIdentityVariables } },
      `Environment: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN ${differ}`,
    ],
    [
      "a profile and a file in the environment",
      { environment: { TENCENTCLOUD_PROFILE: "a", TENCENTCLOUD_CREDENTIALS_FILE: "~/sdk" } },
      `Environment: TENCENTCLOUD_PROFILE and TENCENTCLOUD_CREDENTIALS_FILE ${differ}`,
    ],
  ])("%s are refused", async (_, setup, message) => {
    await expectBroken(() => resolve(setup), message);
  });

  it("but not if a more specific place asks for one", async () => {
    const setup = { profile: "a", environment: { ...key, TENCENTCLOUD_PROFILE: "b" } };
    await expect(resolve(setup)).resolves.toHaveProperty("secretId", "tccli-a");
  });
});

describe("credentials", () => {
  const profile = (name: string) => `profile "${name}" (${home.at(`.tccli/${name}.credential`)})`;
  const role = "qcs::cam::uin/1:roleName/r";

  it.each<[string, Setup, () => string]>([
    ["tencentcloud-redis:", { config: ownKey }, () => "the config (tencentcloud-redis:secretId)"],
    ["tencentcloud:", { config: sharedKey }, () => "the config (tencentcloud:secretId)"],
    ["the environment", { environment: key }, () => "the environment (TENCENTCLOUD_SECRET_ID)"],
    ["a profile", { profile: "a" }, () => profile("a")],
    ["the default profile", {}, () => profile("default")],
    [
      "an SDK profile",
      { environment: { TENCENTCLOUD_CREDENTIALS_FILE: "~/sdk" } },
      () => `the profile [default] in ${home.at("sdk")}`,
    ],
    ["a CVM role", { environment: { TENCENTCLOUD_CAM_ROLE_NAME: "e" } }, () => "the CVM role e"],
    [
      "a role that is assumed with a profile's key",
      { profile: "a", environment: { TENCENTCLOUD_ASSUME_ROLE_ARN: role } },
      () => `the role ${role}, assumed with the key from ${profile("a")}`,
    ],
    [
      "a web identity",
      { environment: webIdentityVariables },
      () => `the role ${role}, assumed with the web identity of TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN`,
    ],
  ])("name %s as their source", async (_, setup, source) => {
    await expect(resolve(setup)).resolves.toHaveProperty("source", source());
  });
});

describe("a role in a profile", () => {
  const roleArn = "qcs::cam::uin/1:roleName/";
  beforeEach(() =>
    home.write(
      ".tccli/default.credential",
      JSON.stringify({ secretId: "tccli", secretKey: "k", "role-arn": `${roleArn}profile` }),
    ),
  );

  it.each<[string, Values, string[]]>([
    ["is assumed", {}, ["profile"]],
    [
      "is replaced by the role in TCCLI's variable, as in TCCLI",
      { TENCENTCLOUD_ROLE_ARN: `${roleArn}tccli` },
      ["tccli"],
    ],
    ["assumes the role in Terraform's variable", { TENCENTCLOUD_ASSUME_ROLE_ARN: `${roleArn}top` }, ["profile", "top"]],
  ])("%s", async (_, environment, roles) => {
    await resolve({ environment });
    expect(sts.questions()).toMatchObject(roles.map((name) => ({ parameters: { RoleArn: `${roleArn}${name}` } })));
  });
});
