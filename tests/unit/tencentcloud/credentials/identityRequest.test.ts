import { expectBroken } from "../../support/expectBroken";
import { refuseRole } from "../../support/sts";
import {
  type Setup,
  key,
  machine,
  own,
  ownKey,
  shared,
  sharedKey,
  useIdentities,
  webIdentity,
  webIdentityVariables,
} from "../../support/identities";

const { home, sts, metadata, resolve } = useIdentities();

it.each<[string, Setup, string]>([
  ["the input profile before a key in tencentcloud-redis:", { profile: "a", config: ownKey }, "tccli-a"],
  ["the input profile before a key in tencentcloud:", { profile: "a", config: sharedKey }, "tccli-a"],
  ["the input profile before a key in the environment", { profile: "a", environment: key }, "tccli-a"],
  ["the input profile before other profiles", { profile: "a", config: own("profile", "b") }, "tccli-a"],
  [
    "a profile in tencentcloud-redis: before a key elsewhere",
    { config: { ...own("profile", "b"), ...sharedKey }, environment: key },
    "tccli-b",
  ],
  [
    "a profile in tencentcloud: before a key in the environment",
    { config: shared("profile", "b"), environment: key },
    "tccli-b",
  ],
  [
    "a key in tencentcloud-redis: before a profile elsewhere",
    { config: { ...ownKey, ...shared("profile", "b") }, environment: { TENCENTCLOUD_PROFILE: "c" } },
    "own",
  ],
  [
    "a key in tencentcloud: before a profile in the environment",
    { config: sharedKey, environment: { TENCENTCLOUD_PROFILE: "c" } },
    "shared",
  ],
  ["TENCENTCLOUD_PROFILE before files", { environment: { TENCENTCLOUD_PROFILE: "c" } }, "tccli-c"],
  ["TCCLI_PROFILE before files", { environment: { TCCLI_PROFILE: "c" } }, "tccli-c"],
  [
    "TENCENTCLOUD_PROFILE before TCCLI_PROFILE",
    { environment: { TENCENTCLOUD_PROFILE: "c", TCCLI_PROFILE: "b" } },
    "tccli-c",
  ],
  [
    "TCCLI_PROFILE if TENCENTCLOUD_PROFILE is empty",
    { environment: { TENCENTCLOUD_PROFILE: "", TCCLI_PROFILE: "b" } },
    "tccli-b",
  ],
  [
    "camRoleName in tencentcloud: before a key in the environment",
    { config: shared("camRoleName", "r"), environment: key },
    "machine-r",
  ],
  [
    "camRoleName in tencentcloud-redis: before the one in tencentcloud:",
    { config: { ...own("camRoleName", "o"), ...shared("camRoleName", "r") } },
    "machine-o",
  ],
  [
    "TENCENTCLOUD_CAM_ROLE_NAME before a TCCLI profile",
    { environment: { TENCENTCLOUD_CAM_ROLE_NAME: "e" } },
    "machine-e",
  ],
  [
    "TENCENTCLOUD_CREDENTIALS_FILE, with ~, before a TCCLI profile",
    { environment: { TENCENTCLOUD_CREDENTIALS_FILE: "~/sdk" } },
    "sdk",
  ],
  [
    "credentialsFile in tencentcloud-redis: before a key in the environment",
    { config: own("credentialsFile", "~/sdk"), environment: key },
    "sdk",
  ],
  [
    "web identity in tencentcloud-redis: before a key",
    { config: own("assumeRoleWithWebIdentity", JSON.stringify(webIdentity("t"))), environment: key },
    "temporaryId",
  ],
  [
    "web identity in tencentcloud: before a key",
    { config: shared("assumeRoleWithWebIdentity", JSON.stringify(webIdentity("t"))), environment: key },
    "temporaryId",
  ],
  ["web identity in the environment before a TCCLI profile", { environment: webIdentityVariables }, "temporaryId"],
  ["the default profile if nothing is set", {}, "tccli-default"],
  [
    "the default profile if all settings are empty",
    {
      profile: undefined,
      config: { ...own("profile", ""), ...shared("camRoleName", "") },
      environment: {
        TENCENTCLOUD_PROFILE: "",
        TENCENTCLOUD_SECRET_ID: "",
        TENCENTCLOUD_CREDENTIALS_FILE: "",
        TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "",
      },
    },
    "tccli-default",
  ],
])("the most specific setting selects the identity: %s", async (_, setup, secretId) => {
  await expect(resolve(setup)).resolves.toHaveProperty("secretId", secretId);
});

describe("a requested identity that cannot be used is an error:", () => {
  const file = (name: string) => home.at(`.tccli/${name}.credential`);

  it.each<[string, Setup, () => string]>([
    ["the input profile", { profile: "gone", environment: key }, () => `Profile gone: ${file("gone")} does not exist`],
    [
      "a profile in tencentcloud-redis:",
      { config: own("profile", "gone"), environment: key },
      () => `Profile gone: ${file("gone")} does not exist`,
    ],
    [
      "a profile in tencentcloud:",
      { config: shared("profile", "gone"), environment: key },
      () => `Profile gone: ${file("gone")} does not exist`,
    ],
    [
      "TENCENTCLOUD_PROFILE",
      { environment: { TENCENTCLOUD_PROFILE: "gone" } },
      () => `Profile gone: ${file("gone")} does not exist`,
    ],
    ["TCCLI_PROFILE", { environment: { TCCLI_PROFILE: "gone" } }, () => `Profile gone: ${file("gone")} does not exist`],
    [
      "TENCENTCLOUD_CREDENTIALS_FILE",
      { environment: { TENCENTCLOUD_CREDENTIALS_FILE: "~/gone" } },
      () => `TENCENTCLOUD_CREDENTIALS_FILE: ${home.at("gone")} does not exist`,
    ],
    [
      "a folder as TENCENTCLOUD_CREDENTIALS_FILE",
      { environment: { TENCENTCLOUD_CREDENTIALS_FILE: "~" } },
      () => `${home.at("/")}: cannot be read (EISDIR)`,
    ],
    [
      "a secret id without a secret key in config",
      { config: own("secretId", "x"), environment: key },
      () => "Config: tencentcloud-redis:secretId is set, tencentcloud-redis:secretKey is not",
    ],
    [
      "a role that the machine does not have",
      { config: shared("camRoleName", "gone"), environment: key },
      () => "CVM role gone: the metadata service knows no such role",
    ],
    [
      "a role on a machine without a metadata service",
      { environment: { TENCENTCLOUD_CAM_ROLE_NAME: "r", TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1" } },
      () => "CVM role r: no metadata service answers",
    ],
    [
      "an incomplete web identity in the environment, even with a default profile",
      { environment: { TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "p", TENCENTCLOUD_ASSUME_ROLE_ARN: "r" } },
      () =>
        "Web identity: TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN or TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE not set",
    ],
  ])("the error names %s", async (_, setup, message) => {
    metadata.respond = (response, request) =>
      request.path.endsWith("gone") ? response.writeHead(404).end() : machine(response, request);
    await expectBroken(() => resolve(setup), message().replace(/\/: cannot/, ": cannot"));
  });

  it("the error names a role that STS refuses", async () => {
    sts.respond(refuseRole("UnauthorizedOperation", "No."));
    await expectBroken(
      () => resolve({ environment: { ...key, TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r" } }),
      "The role qcs::cam::uin/1:roleName/r could not be assumed: AssumeRole failed: No. (UnauthorizedOperation, " +
        "request r1). Grant the CAM action sts:AssumeRole on the role.",
    );
  });
});
