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
    ["~/.tccli by default", () => ({}), ""],
    ["the one set in the environment", () => inEnvironment(home.at("elsewhere")), "other-"],
    ["the one set in the environment, with ~", () => inEnvironment("~/elsewhere"), "other-"],
    ["the one set in tencentcloud:, with ~", () => shared("~/elsewhere/"), "other-"],
    [
      "the one set in tencentcloud: rather than in the environment",
      () => ({ ...inEnvironment("x"), ...shared(home.at("further")) }),
      "third-",
    ],
    [
      "the one set in tencentcloud-redis: rather than in tencentcloud:",
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
  ["a key and empty fields", { token: "", "role-arn": "", expiresAt: 0 }, {}],
  ["a key and an empty expiresAt", { expiresAt: "" }, {}],
  ["a key and an expiresAt in white space", { expiresAt: " 4000000000\n" }, { expiresAt: 4_000_000_000_000 }],
  ["a key and fields that are null", { token: null, "role-arn": null, expiresAt: null }, {}],
  ["a key and an expiresAt that is a string of digits", { expiresAt: "4000000000" }, { expiresAt: 4_000_000_000_000 }],
  ["a key and an expiresAt in milliseconds", { expiresAt: 4_000_000_000_000 }, { expiresAt: 4_000_000_000_000 }],
  ["a key in white space", { secretId: " defaultId\n", secretKey: "\ttheS3CRETkey\r\n", token: " " }, {}],
  ["a key and other fields of TCCLI", { type: "default", _sys_param: {} }, {}],
])("credentials are read from a profile with %s", async (_, changes, expected) => {
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
  ["truncated JSON", '{"secretKey":"theS3CRETkey', "is not valid JSON"],
  ["an INI file", "[default]\nsecretKey = theS3CRETkey\n", "is not valid JSON"],
  ["a string instead of an object", '"theS3CRETkey"', "is not a JSON object"],
  ["a list instead of an object", '["theS3CRETkey"]', "is not a JSON object"],
  ["null instead of an object", "null", "is not a JSON object"],
  ["a number instead of an object", "5", "is not a JSON object"],
  ["an empty object", "{}", "secretId and secretKey are not set"],
  ["a secretId without a secretKey", '{"secretId":"theS3CRETid"}', "secretId is set, secretKey is not"],
  ["a secretKey without a secretId", '{"secretKey":"theS3CRETkey"}', "secretKey is set, secretId is not"],
  ["only a token", '{"token":"theS3CRETtoken"}', "token is set, secretId and secretKey are not"],
  ["an empty secretId", makeProfile("default", { secretId: "" }), "secretKey is set, secretId is not"],
  ["a secretId that is a number", makeProfile("default", { secretId: 5 }), "secretId must be a string"],
  [
    "a secretKey that is an object",
    makeProfile("default", { secretKey: { of: "S3CRET" } }),
    "secretKey must be a string",
  ],
  ["a token that is a list", makeProfile("default", { token: ["S3CRET"] }), "token must be a string"],
  ["an expiresAt that is a date", makeProfile("default", { expiresAt: "2096-10-02T07:06:40Z" }), noEnd],
  ["an expiresAt with a letter", makeProfile("default", { expiresAt: "s4000000000" }), noEnd],
  ["an expiresAt that is a list", makeProfile("default", { expiresAt: [4_000_000_000] }), noEnd],
  ["a type that is a number", makeProfile("default", { type: 5 }), "type must be a string"],
  [
    "a type that TCCLI does not have",
    makeProfile("default", { type: "CVM-Role" }),
    "type must be one of default, oauth, sso, cvm-role",
  ],
  ["role_arn instead of role-arn", makeProfile("default", { role_arn: "r" }), "unknown field role_arn, use role-arn"],
  ["roleArn instead of role-arn", makeProfile("default", { roleArn: "r" }), "unknown field roleArn, use role-arn"],
  ["a role-arn that is a number", makeProfile("default", { "role-arn": 5 }), "role-arn must be a string"],
  [
    "a role-session-name that is a number",
    makeProfile("x", { "role-session-name": 5 }),
    "role-session-name must be a string",
  ],
  [
    "a secretKey with a line break",
    makeProfile("default", { secretKey: "theS3CRET\nkey" }),
    "secretId, secretKey or token holds white space or another character that no key has",
  ],
  [
    "an expired key",
    makeProfile("default", { token: "theS3CRETtoken", expiresAt: 1_500_000_000 }),
    "the credentials have expired: put others in their place",
  ],
  [
    "an expired key, with its expiresAt in milliseconds",
    makeProfile("default", { token: "theS3CRETtoken", expiresAt: 1_500_000_000_000 }),
    "the credentials have expired: put others in their place",
  ],
])("a profile is broken if it is or contains %s", async (_, text, reason) => {
  home.write(".tccli/default.credential", text);
  await expectBroken(find, `${home.at(".tccli/default.credential")}: ${reason}`);
});

it("a profile that cannot be read is broken", async () => {
  home.makeFolder(".tccli/default.credential");
  await expectBroken(find, `${home.at(".tccli/default.credential")}: cannot be read (EISDIR)`);
});
