import { type Choice, makeKey, makeProfile, useTccliProfiles } from "../../support/tccliProfiles";
import { expectBroken } from "../../support/expectBroken";

const { home, sts, find, findNamed } = useTccliProfiles();

describe("the folder of the profiles is", () => {
  beforeEach(() => {
    for (const name of ["default", "prod"]) {
      home.write(`.tccli/${name}.credential`, makeProfile(name));
      home.write(`elsewhere/${name}.credential`, makeProfile(`other-${name}`));
      home.write(`further/${name}.credential`, makeProfile(`third-${name}`));
    }
  });

  const inEnvironment = (folder: string) => ({ environment: { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: folder } });
  const shared = (folder: string) => ({ config: { "tencentcloud:sharedCredentialsDir": folder } });
  const own = (folder: string) => ({ "tencentcloud-redis:sharedCredentialsDir": folder });

  it.each<[string, () => Choice, string]>([
    ["~/.tccli", () => ({}), ""],
    ["the one of the environment", () => inEnvironment(home.at("elsewhere")), "other-"],
    ["the one of the environment, with ~", () => inEnvironment("~/elsewhere"), "other-"],
    ["the one of tencentcloud:, with ~", () => shared("~/elsewhere/"), "other-"],
    ["the one of tencentcloud: before", () => ({ ...inEnvironment("x"), ...shared(home.at("further")) }), "third-"],
    [
      "the one of tencentcloud-redis: before",
      () => ({ config: { ...shared("x").config, ...own(home.at("further")) } }),
      "third-",
    ],
  ])("%s", async (_, choice, prefix) => {
    expect(await find(choice())).toStrictEqual(makeKey(`${prefix}default`));
    expect(await findNamed("prod", choice())).toStrictEqual(makeKey(`${prefix}prod`));
  });

  it("the home directory itself if it is ~ alone", async () => {
    home.write("default.credential", makeProfile("top"));
    expect(await find(inEnvironment("~"))).toStrictEqual(makeKey("top"));
  });

  it.each<[Choice, string]>([
    [inEnvironment("~root/profiles"), "TENCENTCLOUD_SHARED_CREDENTIALS_DIR"],
    [shared("~root"), "tencentcloud:sharedCredentialsDir"],
  ])("rejected if it is in the home directory of another user: %j", async (choice, name) => {
    const message = `${name}: "~" stands for your own home directory only, use a full path for another one`;
    await expectBroken(() => find(choice), message);
  });

  it("an error if a setting names it and it has no profile", async () => {
    const message = `TENCENTCLOUD_SHARED_CREDENTIALS_DIR: ${home.at("gone/default.credential")} does not exist`;
    await expectBroken(() => find(inEnvironment("~/gone")), message);
  });
});

it("a file may start with a byte order mark, as editors on Windows write it", async () => {
  home.write(".tccli/default.credential", `\uFEFF${makeProfile("default")}`);
  expect(await find()).toStrictEqual(makeKey("default"));
});

it.each<[string, object, object]>([
  ["a key", {}, {}],
  ["a temporary key", { token: "t", expiresAt: 4_000_000_000 }, { token: "t", expiresAt: 4_000_000_000_000 }],
  ["a key with empty fields", { token: "", "role-arn": "", expiresAt: 0 }, {}],
  ["a key with an empty end", { expiresAt: "" }, {}],
  ["a key with an end in white space", { expiresAt: " 4000000000\n" }, { expiresAt: 4_000_000_000_000 }],
  ["a key with fields that are null", { token: null, "role-arn": null, expiresAt: null }, {}],
  ["a key with an end as digits", { expiresAt: "4000000000" }, { expiresAt: 4_000_000_000_000 }],
  ["a key with an end in milliseconds", { expiresAt: 4_000_000_000_000 }, { expiresAt: 4_000_000_000_000 }],
  ["a key in white space", { secretId: " defaultId\n", secretKey: "\ttheS3CRETkey\r\n", token: " " }, {}],
  ["a key and fields of others", { type: "default", _sys_param: {} }, {}],
])("a profile holds %s", async (_, changes, expected) => {
  home.write(".tccli/default.credential", makeProfile("default", changes));
  expect(await find()).toStrictEqual(makeKey("default", expected));
  expect(sts.questions()).toEqual([]);
});

it("without a file there are no credentials", async () => {
  expect(await find()).toStrictEqual({ missing: `${home.at(".tccli/default.credential")} does not exist` });
});

it("without a folder there are no credentials, even if a file has its name", async () => {
  home.write(".tccli", "");
  expect(await find()).toStrictEqual({ missing: `${home.at(".tccli/default.credential")} does not exist` });
});

it("a requested profile that does not exist is an error", async () => {
  home.write(".tccli/default.credential", makeProfile("default"));
  await expectBroken(() => findNamed("gone"), `Profile gone: ${home.at(".tccli/gone.credential")} does not exist`);
});

it.each<[string, string]>([
  ["../default", "hold a slash"],
  ["a/b", "hold a slash"],
  ["/etc/passwd", "hold a slash"],
  ["..\\default", "hold a slash"],
  [".", "consist of dots"],
  ["..", "consist of dots"],
])("a name that is a path is rejected: %s", async (name, reason) => {
  home.write(".tccli/default.credential", makeProfile("default"));
  await expectBroken(() => findNamed(name), `Profile: a name must not ${reason}`);
});

it.each(["eu.prod", "..eu", "eu.."])("a name may contain dots: %s", async (name) => {
  home.write(`.tccli/${name}.credential`, makeProfile("eu"));
  expect(await findNamed(name)).toStrictEqual(makeKey("eu"));
});

const noEnd = "expiresAt must be a number of seconds since 1970";

it.each<[string, string, string]>([
  ["an empty file", "", "is empty"],
  ["a blank file", " \r\n", "is empty"],
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
  ["a key with an empty half", makeProfile("default", { secretId: "" }), "secretKey is set, secretId is not"],
  ["an id that is a number", makeProfile("default", { secretId: 5 }), "secretId must be a string"],
  ["a key that is an object", makeProfile("default", { secretKey: { of: "S3CRET" } }), "secretKey must be a string"],
  ["a token that is a list", makeProfile("default", { token: ["S3CRET"] }), "token must be a string"],
  ["an end that is a date", makeProfile("default", { expiresAt: "2096-10-02T07:06:40Z" }), noEnd],
  ["an end with a unit", makeProfile("default", { expiresAt: "s4000000000" }), noEnd],
  ["an end that is a list", makeProfile("default", { expiresAt: [4_000_000_000] }), noEnd],
  ["a type that is a number", makeProfile("default", { type: 5 }), "type must be a string"],
  [
    "a type that TCCLI does not have",
    makeProfile("default", { type: "CVM-Role" }),
    "type must be one of default, oauth, sso, cvm-role",
  ],
  ["a misspelt role", makeProfile("default", { role_arn: "r" }), "unknown field role_arn, use role-arn"],
  ["a role misspelt in another way", makeProfile("default", { roleArn: "r" }), "unknown field roleArn, use role-arn"],
  ["a role that is a number", makeProfile("default", { "role-arn": 5 }), "role-arn must be a string"],
  [
    "a role's name that is a number",
    makeProfile("x", { "role-session-name": 5 }),
    "role-session-name must be a string",
  ],
  [
    "a key of two lines",
    makeProfile("default", { secretKey: "theS3CRET\nkey" }),
    "secretId, secretKey or token holds white space or another character that no key has",
  ],
  [
    "a key that has expired",
    makeProfile("default", { token: "theS3CRETtoken", expiresAt: 1_500_000_000 }),
    "the credentials have expired: put others in their place",
  ],
  [
    "a key that has expired, in milliseconds",
    makeProfile("default", { token: "theS3CRETtoken", expiresAt: 1_500_000_000_000 }),
    "the credentials have expired: put others in their place",
  ],
])("a profile is broken: %s", async (_, text, reason) => {
  home.write(".tccli/default.credential", text);
  await expectBroken(find, `${home.at(".tccli/default.credential")}: ${reason}`);
});

it("a profile that cannot be read is broken", async () => {
  home.makeFolder(".tccli/default.credential");
  await expectBroken(find, `${home.at(".tccli/default.credential")}: cannot be read (EISDIR)`);
});
