import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { clockWith } from "../../support/clock";
import { expectBroken } from "../../support/expectBroken";
import { type Respond, useHttpServer } from "../../support/httpServer";
import { refuseRole, useSts } from "../../support/sts";
import { type Values, credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";

const home = useTemporaryHome();
const sts = useSts();
const metadata = useHttpServer();

interface Setup {
  readonly profile?: string;
  readonly config?: Values;
  readonly environment?: Values;
}

const clock = clockWith({ sleep: () => Promise.resolve() });
const resolve = ({ environment, ...setup }: Setup) =>
  resolveCredentials(
    credentialContext({
      ...setup,
      environment: { TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href, ...environment },
      homeDirectory: home.at(),
      stsEndpoint: sts.stsEndpoint,
      clock,
    }),
  );

/** The metadata service of a machine, whose keys tell by which name their role was asked for. */
const machine: Respond = (response, { path }) => {
  const name = path.split("/").at(-1) ?? "";
  const key = { Code: "Success", TmpSecretId: `machine-${name}`, TmpSecretKey: "k", Token: "t" };
  response.end(name === "" ? "first" : JSON.stringify(key));
};

beforeEach(() => {
  metadata.respond = machine;
  for (const name of ["default", "a", "b", "c"]) {
    home.write(`.tccli/${name}.credential`, JSON.stringify({ secretId: `tccli-${name}`, secretKey: "theS3CRETkey" }));
  }
  home.write("sdk", "[default]\nsecret_id = sdk\nsecret_key = theS3CRETkey\n");
});

const own = (name: string, value: string) => ({ [`tencentcloud-redis:${name}`]: value });
const shared = (name: string, value: string) => ({ [`tencentcloud:${name}`]: value });
const ownKey = { ...own("secretId", "own"), ...own("secretKey", "k") };
const sharedKey = { ...shared("secretId", "shared"), ...shared("secretKey", "k") };
const key = { TENCENTCLOUD_SECRET_ID: "environment", TENCENTCLOUD_SECRET_KEY: "theS3CRETkey" };
const webIdentity = (token: string) => ({
  providerId: "p",
  webIdentityToken: token,
  roleArn: "qcs::cam::uin/1:roleName/r",
});
const webIdentityVariables = {
  TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "p",
  TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "theS3CRETtoken",
  TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r",
};

describe("the identity that the most specific place asks for is used:", () => {
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
      "TCCLI_PROFILE where the other one is empty",
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
    ["nothing asked for: the default profile", {}, "tccli-default"],
    [
      "empty settings, which ask for nothing",
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
  ])("%s", async (_, setup, secretId) => {
    await expect(resolve(setup)).resolves.toHaveProperty("secretId", secretId);
  });
});

describe("an identity that was asked for and cannot be used is an error that names it:", () => {
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
      "half a key in config",
      { config: own("secretId", "x"), environment: key },
      () => "Pulumi config: tencentcloud-redis:secretId is set, tencentcloud-redis:secretKey is not",
    ],
    [
      "a role that the machine does not have",
      { config: shared("camRoleName", "gone"), environment: key },
      () => "CVM role gone: the metadata service knows no such role",
    ],
    [
      "a role where there is no metadata service",
      { environment: { TENCENTCLOUD_CAM_ROLE_NAME: "r", TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1" } },
      () => "CVM role r: no metadata service answers",
    ],
    [
      "half a web identity in the environment, beside a profile",
      { environment: { TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "p", TENCENTCLOUD_ASSUME_ROLE_ARN: "r" } },
      () =>
        "Web identity: TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN or TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE not set",
    ],
  ])("%s", async (_, setup, message) => {
    metadata.respond = (response, request) =>
      request.path.endsWith("gone") ? response.writeHead(404).end() : machine(response, request);
    await expectBroken(() => resolve(setup), message().replace(/\/: cannot/, ": cannot"));
  });

  it("a role that is refused, on top of any key", async () => {
    sts.respond(refuseRole("UnauthorizedOperation", "No."));
    await expectBroken(
      () => resolve({ environment: { ...key, TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r" } }),
      "The role qcs::cam::uin/1:roleName/r could not be assumed: AssumeRole failed: No. (UnauthorizedOperation, " +
        "request r1). Grant the CAM action sts:AssumeRole on the role.",
    );
  });
});

describe("two identities in one place are an error that names both:", () => {
  const differ = "select different credentials, remove one of them";

  it.each<[string, Setup, string]>([
    [
      "a key and a profile in tencentcloud-redis:",
      { config: { ...ownKey, ...own("profile", "a") } },
      `Pulumi config: tencentcloud-redis:secretId and tencentcloud-redis:profile ${differ}`,
    ],
    [
      "a profile and a role in tencentcloud:",
      { config: { ...shared("profile", "a"), ...shared("camRoleName", "r") } },
      `Pulumi config: tencentcloud:profile and tencentcloud:camRoleName ${differ}`,
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
  ])("%s", async (_, setup, message) => {
    await expectBroken(() => resolve(setup), message);
  });

  it("but not where a more specific place asks for one", async () => {
    const setup = { profile: "a", environment: { ...key, TENCENTCLOUD_PROFILE: "b" } };
    await expect(resolve(setup)).resolves.toHaveProperty("secretId", "tccli-a");
  });
});

describe("credentials say where they come from:", () => {
  const profile = (name: string) => `profile "${name}" (${home.at(`.tccli/${name}.credential`)})`;
  const role = "qcs::cam::uin/1:roleName/r";

  it.each<[string, Setup, () => string]>([
    ["tencentcloud-redis:", { config: ownKey }, () => "Pulumi config (tencentcloud-redis:secretId)"],
    ["tencentcloud:", { config: sharedKey }, () => "Pulumi config (tencentcloud:secretId)"],
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
      "a role on top",
      { profile: "a", environment: { TENCENTCLOUD_ASSUME_ROLE_ARN: role } },
      () => `the role ${role}, assumed with the key from ${profile("a")}`,
    ],
    [
      "a web identity",
      { environment: webIdentityVariables },
      () => `the role ${role}, assumed with the web identity of TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN`,
    ],
  ])("%s", async (_, setup, source) => {
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
      "is replaced by the one of TCCLI's variable, as in TCCLI",
      { TENCENTCLOUD_ROLE_ARN: `${roleArn}tccli` },
      ["tccli"],
    ],
    ["assumes the one of Terraform's variable", { TENCENTCLOUD_ASSUME_ROLE_ARN: `${roleArn}top` }, ["profile", "top"]],
  ])("%s", async (_, environment, roles) => {
    await resolve({ environment });
    expect(sts.questions()).toMatchObject(roles.map((name) => ({ parameters: { RoleArn: `${roleArn}${name}` } })));
  });
});
