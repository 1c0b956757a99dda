import { resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { type Values, credentialContext } from "../../support/credentialContext";
import { expectBroken } from "../../support/expectBroken";
import { useTemporaryHome } from "../../support/temporaryHome";
import { exposeKey } from "../../support/withoutSource";

const home = useTemporaryHome();

const resolve = (config: Values, environment: Values) =>
  resolveCredentials(credentialContext({ config, environment, homeDirectory: home.at() }));

describe("id, key and token come from one place", () => {
  const own = { "tencentcloud-redis:secretId": "own", "tencentcloud-redis:secretKey": "k" };
  const shared = { "tencentcloud:secretId": "shared", "tencentcloud:secretKey": "k" };
  const variables = { TENCENTCLOUD_SECRET_ID: "environment", TENCENTCLOUD_SECRET_KEY: "k" };

  it.each<[string, Values, Values, string]>([
    [
      "a key in tencentcloud-redis: and a token in tencentcloud:",
      { ...own, "tencentcloud:securityToken": "t" },
      {},
      "own",
    ],
    ["a key in tencentcloud-redis: and a token in the environment", own, { TENCENTCLOUD_TOKEN: "t" }, "own"],
    ["a key in tencentcloud: and a token in the environment", shared, { TENCENTCLOUD_TOKEN: "t" }, "shared"],
    [
      "a key in tencentcloud-redis: and only an id in tencentcloud:",
      { ...own, "tencentcloud:secretId": "x" },
      {},
      "own",
    ],
  ])("with %s, only the first place is used", async (_, config, environment, secretId) => {
    expect(exposeKey(await resolve(config, environment))).toStrictEqual({ secretId, secretKey: "k" });
  });

  it.each<[string, Values, Values, string]>([
    [
      "an id in tencentcloud-redis: and a key in tencentcloud:",
      { "tencentcloud-redis:secretId": "x", "tencentcloud:secretKey": "k" },
      {},
      "Config: tencentcloud-redis:secretId is set, tencentcloud-redis:secretKey is not",
    ],
    [
      "a key in tencentcloud-redis: and an id in tencentcloud:",
      { "tencentcloud:secretId": "x", "tencentcloud-redis:secretKey": "k" },
      {},
      "Config: tencentcloud-redis:secretKey is set, tencentcloud-redis:secretId is not",
    ],
    [
      "a token in tencentcloud-redis: and a key in tencentcloud:",
      { "tencentcloud-redis:securityToken": "t", ...shared },
      {},
      "Config: tencentcloud-redis:securityToken is set, tencentcloud-redis:secretId and " +
        "tencentcloud-redis:secretKey are not",
    ],
    [
      "only an id in tencentcloud-redis: and a complete key in the environment",
      { "tencentcloud-redis:secretId": "x" },
      variables,
      "Config: tencentcloud-redis:secretId is set, tencentcloud-redis:secretKey is not",
    ],
    [
      "a token in tencentcloud: and a key in the environment",
      { "tencentcloud:securityToken": "t" },
      variables,
      "Config: tencentcloud:securityToken is set, tencentcloud:secretId and tencentcloud:secretKey are not",
    ],
    [
      "an id in tencentcloud: and a key in the environment",
      { "tencentcloud:secretId": "x" },
      { TENCENTCLOUD_SECRET_KEY: "k" },
      "Config: tencentcloud:secretId is set, tencentcloud:secretKey is not",
    ],
  ])("%s are an error", async (_, config, environment, message) => {
    await expectBroken(() => resolve(config, environment), message);
  });

  it.each<[string, () => void, Values, string]>([
    [
      "a token in the environment and a TCCLI profile",
      () => home.write(".tccli/default.credential", '{"secretId":"ofTccli","secretKey":"k"}'),
      { TENCENTCLOUD_TOKEN: "t" },
      "Environment: TENCENTCLOUD_TOKEN is set, TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not",
    ],
    [
      "an id in the environment and an SDK profile",
      () => home.write(".tencentcloud/credentials", "[default]\nsecret_id = ofTheSdk\nsecret_key = k\n"),
      { TENCENTCLOUD_SECRET_ID: "x" },
      "Environment: TENCENTCLOUD_SECRET_ID is set, TENCENTCLOUD_SECRET_KEY is not",
    ],
  ])("%s are an error", async (_, prepare, environment, message) => {
    prepare();
    await expectBroken(() => resolve({}, environment), message);
  });
});
