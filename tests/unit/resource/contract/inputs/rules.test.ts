import { findProblems } from "../../../../../provider/resource/contract/inputs";
import { validInputs } from "../../../support/validInputs";

describe("inputs are valid", () => {
  const { instanceId, password, region } = validInputs;

  it.each<[string, object]>([
    ["with all inputs", validInputs],
    ["with only the required inputs", { instanceId, password, region }],
  ])("%s", (_, inputs) => {
    expect(findProblems({ ...inputs })).toEqual([]);
  });

  it.each<[string, unknown[]]>([
    ["password", ["abcdefg1", "ABCDEFG1", "abcdefgH", "abcdefg!", "1234567!", "a".repeat(63) + "1", "x/345678"]],
    ["password", Array.from("()~!@#$%^&*-+=_|{}[]:;<>,.?/", (character) => `abcdefg${character}`)],
    ["password", ["abcdefg1\"'`\\"]],
    ["instanceId", ["crs-1", "crs-abcdefgh"]],
    ["account", ["root", "app", "app-2_b.c", "Ünï", "账号", "a:b", "🔑"]],
    ["onCreate", ["reset", "adopt"]],
    [
      "verify",
      [
        { host: "redis.example.com", port: 1 },
        { host: "::1", port: 65_535, tls: false },
      ],
    ],
    ["profile", ["default", "a profile", "a.b", "生产"]],
    ["region", ["ap-guangzhou", "na-siliconvalley", "ap-shanghai-fsi", "eu-frankfurt", "ap-guangzhou-2"]],
  ])("with these values of %s", (field, values) => {
    expect(values.filter((value) => findProblems({ ...validInputs, [field]: value }).length > 0)).toEqual([]);
  });

  it.each([0.01, 1, 600, 86_400])("with a timeout of %d s", (timeoutSeconds) => {
    expect(findProblems({ ...validInputs, timeoutSeconds })).toEqual([]);
  });
});

const notAnId = "instanceId: must be the id of an instance such as crs-5a4py64p";
const noId = "instanceId: must be given, as the id of an instance such as crs-5a4py64p";
const notARegion = "region: must be a region such as ap-guangzhou";
const noRegion =
  "region: must be given: as an input, by `pulumi config set tencentcloud-redis:region <region>` or, with an explicit provider, as its region";
const notAProfile = "profile: must be the name of a profile, without a slash";
const noText = "account: must be a string";
const notAnAccount = "account: must be the name of an account, without white space, control characters, / and @";
const tooShort = "password: must have at least 8 characters";
const tooLong = "password: must have at most 64 characters";
const slash = "password: must not start with /";
const oneClass = "password: must mix at least two of lower case, upper case, digits and ()~!@#$%^&*-+=_|{}[]:;<>,.?/";
const notAscii =
  "password: must hold printable ASCII only, no white space " +
  "(a line break at the end, as read from a file, is the usual cause)";
const noTime = "timeoutSeconds: must be a number of seconds above 0, at most 86400";
const notAWayToBegin = 'onCreate: must be "reset" or "adopt"';
const notAHost = "verify.host: must be a host name or an address, nothing else";
const noPort = "verify.port: must be a whole number from 1 to 65535";
const noMap = "triggers: must be a map of strings";

describe("inputs are rejected, with the rule", () => {
  it.each<[string, unknown, string[]]>([
    ["instanceId", undefined, [noId]],
    ["instanceId", 5, [noId]],
    ["instanceId", "", [notAnId]],
    ["instanceId", "cdb-5a4py64p", [notAnId]],
    ["instanceId", "crs-", [notAnId]],
    ["instanceId", "crs-5A4PY64P", [notAnId]],
    ["instanceId", "crs-5a4py64p/x", [notAnId]],
    ["instanceId", "my crs-5a4py64p", [notAnId]],
    ["instanceId", "crs-5a4py64p\n", [notAnId]],
    ["region", undefined, [noRegion]],
    ["region", 5, [noRegion]],
    ["region", "", [notARegion]],
    ["region", "guangzhou", [notARegion]],
    ["region", "ap-guangzhou.example.com", [notARegion]],
    ["region", "ap-guangzhou/", [notARegion]],
    ["region", "AP-GUANGZHOU", [notARegion]],
    ["region", "-ap-guangzhou", [notARegion]],
    ["region", "ap-guangzhou\n", [notARegion]],
    ["account", 5, [noText]],
    ["account", {}, [noText]],
    ["account", ["app"], [noText]],
    ["account", "", [notAnAccount]],
    ["account", " ", [notAnAccount]],
    ["account", "my app", [notAnAccount]],
    ["account", "app\n", [notAnAccount]],
    ["account", "app\u3000", [notAnAccount]],
    ["account", "team/app", [notAnAccount]],
    ["account", "app@example", [notAnAccount]],
    ["account", "app\u0000", [notAnAccount]],
    ["account", "app\u001b[31m", [notAnAccount]],
    ["account", "app\u009b", [notAnAccount]],
    ["account", "app\u200b", [notAnAccount]],
    ["account", "app\u202e", [notAnAccount]],
    ["account", "app\ud83d", [notAnAccount]],
    ["account", "\udd11app", [notAnAccount]],
    ["profile", 5, ["profile: must be a string"]],
    ["profile", "", [notAProfile]],
    ["profile", "../default", [notAProfile]],
    ["profile", "..\\default", [notAProfile]],
    ["password", undefined, ["password: must be given, as a string"]],
    ["password", 12345678, ["password: must be given, as a string"]],
    ["password", "abcdef1", [tooShort]],
    ["password", "a".repeat(64) + "1", [tooLong]],
    ["password", "/bcdefg1", [slash]],
    ["password", "abcdefgh", [oneClass]],
    ["password", "12345678", [oneClass]],
    ["password", "ABCDEFGH", [oneClass]],
    ["password", "!!!!!!!!", [oneClass]],
    ["password", "abcdefg\"'`\\", [oneClass]],
    ["password", "abcdefg1\n", [notAscii]],
    ["password", "abcd efg1", [notAscii]],
    ["password", "abcdefg1\u007f", [notAscii]],
    ["password", "pässword1", [notAscii]],
    ["password", "", ["password: is empty"]],
    ["password", " ", ["password: is blank: it holds white space only"]],
    ["password", "\t\r\n".repeat(9), ["password: is blank: it holds white space only"]],
    ["password", "/", [tooShort, slash, oneClass]],
    ["password", "密码", [tooShort, oneClass, notAscii]],
    ["triggers", "2026-01", [noMap]],
    ["triggers", ["2026-01"], [noMap]],
    ["triggers", { month: 1 }, ["triggers.month: must be a string"]],
    [
      "triggers",
      { month: 1, day: "2", hour: null },
      ["triggers.month: must be a string", "triggers.hour: must be a string"],
    ],
    ["onCreate", "import", [notAWayToBegin]],
    ["onCreate", true, [notAWayToBegin]],
    ["verify", "10.0.0.1:6379", ["verify: must be { host, port, tls?, ca?, servername? }"]],
    ["verify", {}, ["verify.host: must be given, as a host name or an address", noPort]],
    ["verify", { host: "", port: 0 }, ["verify.host: is empty", noPort]],
    ["verify", { host: "redis://10.0.0.1", port: 65_536 }, [notAHost, noPort]],
    ["verify", { host: "user@10.0.0.1", port: 1.5 }, [notAHost, noPort]],
    ["verify", { host: "10.0.0.1", port: "6379" }, [noPort]],
    ["verify", { host: "10.0.0.1", port: 6379, tls: "yes" }, ["verify.tls: must be true or false"]],
    [
      "verify",
      { host: "10.0.0.1", port: 6379, password: "zy456987" },
      ["verify.password: is not an input of RedisInstancePassword"],
    ],
    ["timeoutSeconds", 0, [noTime]],
    ["timeoutSeconds", -1, [noTime]],
    ["timeoutSeconds", 86_401, [noTime]],
    ["timeoutSeconds", NaN, [noTime]],
    ["timeoutSeconds", Infinity, [noTime]],
    ["timeoutSeconds", "60", [noTime]],
  ])("%s: %j", (field, value, problems) => {
    expect(findProblems({ ...validInputs, [field]: value })).toEqual(problems);
  });

  it("all problems at once", () => {
    const problems = findProblems({
      instanceId: "5a4py64p",
      password: "short",
      triggers: { a: 1 },
      timeoutSeconds: 0,
      x: 1,
    });
    const unknown = "x: is not an input of RedisInstancePassword";
    const expected = [notAnId, tooShort, oneClass, noRegion, "triggers.a: must be a string", noTime, unknown];
    expect([...problems].sort()).toEqual([...expected].sort());
  });
});
