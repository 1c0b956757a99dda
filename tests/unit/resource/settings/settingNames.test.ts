import { settingNames, settings, unknownSettings } from "../../../../provider/resource/settings/settingNames";

it("only the two endpoints and the SDKs' file are not settings of the tencentcloud provider", () => {
  const own = settingNames.filter((name) => !settings[name].isShared);
  expect(own).toEqual(["credentialsFile", "endpoint", "stsEndpoint"]);
});

it("a region is never taken from the environment", () => {
  expect(settings.region.variables).toEqual([]);
});

const known =
  "use one of region, secretId, secretKey, securityToken, profile, sharedCredentialsDir, credentialsFile, assumeRole, " +
  "assumeRoleWithWebIdentity, camRoleName, domain, protocol, endpoint, stsEndpoint";

it.each<[string, string[], string[]]>([
  ["no key at all", [], []],
  ["known keys", settingNames.map((name) => `tencentcloud-redis:${name}`), []],
  ["a misspelled key", ["tencentcloud-redis:endpont"], [`Config tencentcloud-redis:endpont is unknown: ${known}`]],
  [
    "a key with another capitalization",
    ["tencentcloud-redis:secretkey"],
    [`Config tencentcloud-redis:secretkey is unknown: ${known}`],
  ],
  [
    "two unknown keys",
    ["tencentcloud-redis:a", "tencentcloud-redis:region", "tencentcloud-redis:b"],
    ["a", "b"].map((key) => `Config tencentcloud-redis:${key} is unknown: ${known}`),
  ],
  [
    "the name of a property of every object",
    ["tencentcloud-redis:toString"],
    [`Config tencentcloud-redis:toString is unknown: ${known}`],
  ],
  ["an empty name", ["tencentcloud-redis:"], [`Config tencentcloud-redis: is unknown: ${known}`]],
  ["keys of other namespaces", ["tencentcloud:whatever", "quickstart:endpont", "tencentcloud-redis2:a"], []],
])("unknown keys of the namespace are listed: %s", (_, keys, expected) => {
  expect(unknownSettings(keys)).toEqual(expected);
});
