import { fromTccliProfile } from "../../../../provider/tencentcloud/credentials/fromTccliProfile";
import { expectBroken } from "../../support/expectBroken";
import { refuseRole, temporaryCredentials, useSts } from "../../support/sts";
import { type Values, surroundings } from "../../support/surroundings";
import { useTemporaryHome } from "../../support/temporaryHome";

const home = useTemporaryHome();
const sts = useSts();

interface Choice {
  readonly profile?: string;
  readonly config?: Values;
  readonly environment?: Values;
}

const find = (choice: Choice = {}) =>
  fromTccliProfile(surroundings({ ...choice, homeDirectory: home.at(), stsEndpoint: sts.stsEndpoint }));

/** A profile whose key tells where it was found. */
const profileOf = (name: string, changes: object = {}) =>
  JSON.stringify({ secretId: `${name}Id`, secretKey: "theS3CRETkey", ...changes });
const keyOf = (name: string, changes: object = {}) => ({
  credentials: { secretId: `${name}Id`, secretKey: "theS3CRETkey", ...changes },
});

describe("the profile is", () => {
  beforeEach(() => {
    for (const name of ["default", "input", "own", "config", "environment"]) {
      home.write(`.tccli/${name}.credential`, profileOf(name));
      home.write(`elsewhere/${name}.credential`, profileOf(`other-${name}`));
      home.write(`further/${name}.credential`, profileOf(`third-${name}`));
    }
  });

  const config = { "tencentcloud:profile": "config" };
  const ownConfig = { ...config, "tencentcloud-redis:profile": "own" };
  const environment = { TENCENTCLOUD_PROFILE: "environment" };

  it.each<[string, Choice, string]>([
    ["default", {}, "default"],
    ["the one of the environment", { environment }, "environment"],
    ["the one of tencentcloud: before", { environment, config }, "config"],
    ["the one of tencentcloud-redis: before", { environment, config: ownConfig }, "own"],
    ["the resource's own before", { environment, config: ownConfig, profile: "input" }, "input"],
  ])("%s", async (_, choice, name) => {
    expect(await find(choice)).toStrictEqual(keyOf(name));
  });

  it("in the folder of the environment", async () => {
    const folder = { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: home.at("elsewhere") };
    expect(await find({ environment: folder })).toStrictEqual(keyOf("other-default"));
  });

  it("in the folder of tencentcloud-redis: before", async () => {
    const config = {
      "tencentcloud:sharedCredentialsDir": home.at("elsewhere"),
      "tencentcloud-redis:sharedCredentialsDir": home.at("further"),
    };
    expect(await find({ config })).toStrictEqual(keyOf("third-default"));
  });

  it("in the folder of Pulumi config before", async () => {
    const choice = {
      environment: { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: home.at("elsewhere") },
      config: { "tencentcloud:sharedCredentialsDir": home.at("further") },
      profile: "input",
    };
    expect(await find(choice)).toStrictEqual(keyOf("third-input"));
  });
});

it("a file may begin with a byte order mark, as Windows' editors write it", async () => {
  home.write(".tccli/default.credential", `\uFEFF${profileOf("default")}`);
  expect(await find()).toStrictEqual(keyOf("default"));
});

it.each<[string, object, object]>([
  ["a key", {}, {}],
  ["a temporary key", { token: "t", expiresAt: 4_000_000_000 }, { token: "t", expiresAt: 4_000_000_000_000 }],
  ["a key with empty fields", { token: "", "role-arn": "", expiresAt: 0 }, {}],
  ["a key with fields that are null", { token: null, "role-arn": null, expiresAt: null }, {}],
  ["a key and fields of others", { type: "default", _sys_param: {} }, {}],
])("a profile holds %s", async (_, changes, expected) => {
  home.write(".tccli/default.credential", profileOf("default", changes));
  expect(await find()).toStrictEqual(keyOf("default", expected));
  expect(sts.questions()).toEqual([]);
});

describe("a profile with a role", () => {
  const roleArn = "qcs::cam::uin/1:roleName/r";

  it.each<[string, object, object, string]>([
    ["takes it on", {}, {}, "pulumi-tencentcloud-redis"],
    ["takes it on under its own name", { "role-session-name": "mine" }, {}, "mine"],
    ["takes it on under our name where it has none", { "role-session-name": null }, {}, "pulumi-tencentcloud-redis"],
    ["takes it on with a temporary key", { token: "t" }, { token: "t" }, "pulumi-tencentcloud-redis"],
  ])("%s", async (_, changes, expected, RoleSessionName) => {
    home.write(".tccli/default.credential", profileOf("default", { "role-arn": roleArn, ...changes }));
    expect(await find()).toStrictEqual({ credentials: temporaryCredentials });
    expect(sts.questions()).toEqual([
      {
        action: "AssumeRole",
        region: "ap-guangzhou",
        signedBy: "defaultId",
        parameters: { RoleArn: roleArn, RoleSessionName, DurationSeconds: 7200 },
        ...expected,
      },
    ]);
  });

  it("stops where STS refuses it", async () => {
    home.write(".tccli/default.credential", profileOf("default", { "role-arn": roleArn }));
    sts.respond(refuseRole("InvalidParameter.RoleNotExist", "No such role."));
    await expectBroken(
      find,
      "The role could not be assumed: AssumeRole failed: No such role. (InvalidParameter.RoleNotExist, request r1)",
    );
  });
});

it("without a file there is none", async () => {
  expect(await find()).toStrictEqual({ lacks: `${home.at(".tccli/default.credential")} does not exist` });
});

it("without a folder there is none, also where a file is in its place", async () => {
  home.write(".tccli", "");
  expect(await find()).toStrictEqual({ lacks: `${home.at(".tccli/default.credential")} does not exist` });
});

describe("a profile that does not exist is a mistake where it was asked for", () => {
  it.each<[string, Choice]>([
    ["by the resource", { profile: "gone" }],
    ["by tencentcloud:", { config: { "tencentcloud:profile": "gone" } }],
    ["by tencentcloud-redis:", { config: { "tencentcloud-redis:profile": "gone" } }],
    ["by the environment", { environment: { TENCENTCLOUD_PROFILE: "gone" } }],
  ])("%s", async (_, choice) => {
    home.write(".tccli/default.credential", profileOf("default"));
    await expectBroken(() => find(choice), `Profile gone: ${home.at(".tccli/gone.credential")} does not exist`);
  });
});

it.each(["../default", "a/b", "..\\default"])("a name that leads elsewhere is refused: %s", async (name) => {
  home.write(".tccli/default.credential", profileOf("default"));
  await expectBroken(() => find({ profile: name }), "Profile: a name must not hold a slash");
});

it.each<[string, string, string]>([
  ["an empty file", "", "is not valid JSON"],
  ["half a file", '{"secretKey":"theS3CRETkey', "is not valid JSON"],
  ["an INI file", "[default]\nsecretKey = theS3CRETkey\n", "is not valid JSON"],
  ["a file that does not hold an object, but a string", '"theS3CRETkey"', "is not a JSON object"],
  ["a list", '["theS3CRETkey"]', "is not a JSON object"],
  ["null", "null", "is not a JSON object"],
  ["a number", "5", "is not a JSON object"],
  ["nothing", "{}", "secretId and secretKey are not set"],
  ["half a key", '{"secretId":"theS3CRETid"}', "secretId is set, secretKey is not"],
  ["the other half", '{"secretKey":"theS3CRETkey"}', "secretKey is set, secretId is not"],
  ["a token alone", '{"token":"theS3CRETtoken"}', "token is set, secretId and secretKey are not"],
  ["a key with an empty half", profileOf("default", { secretId: "" }), "secretKey is set, secretId is not"],
  ["an id that is a number", profileOf("default", { secretId: 5 }), "secretId is not a string"],
  ["a key that is an object", profileOf("default", { secretKey: { of: "S3CRET" } }), "secretKey is not a string"],
  ["a token that is a list", profileOf("default", { token: ["S3CRET"] }), "token is not a string"],
  ["an end that is a text", profileOf("default", { expiresAt: "2096-10-02" }), "expiresAt is not a number"],
  ["a role that is a number", profileOf("default", { "role-arn": 5 }), "role-arn is not a string"],
  ["a role's name that is a number", profileOf("x", { "role-session-name": 5 }), "role-session-name is not a string"],
  [
    "a key with a line break",
    profileOf("default", { secretKey: "theS3CRETkey\n" }),
    "secretId, secretKey or token holds white space or another character that no key has",
  ],
  [
    "a key that has expired",
    profileOf("default", { token: "theS3CRETtoken", expiresAt: 1_500_000_000 }),
    "the credentials have expired, log in again with tccli",
  ],
])("a profile is broken: %s", async (_, text, reason) => {
  home.write(".tccli/default.credential", text);
  await expectBroken(find, `${home.at(".tccli/default.credential")}: ${reason}`);
});

it("a profile that cannot be read is broken", async () => {
  home.makeFolder(".tccli/default.credential");
  await expectBroken(find, `${home.at(".tccli/default.credential")}: cannot be read (EISDIR)`);
});
