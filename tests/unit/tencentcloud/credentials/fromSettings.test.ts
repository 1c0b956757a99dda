import { inspect } from "node:util";

import { fromSettings } from "../../../../provider/tencentcloud/credentials/fromSettings";
import { catchError } from "../../support/failure";
import { type Values, credentialContext } from "../../support/credentialContext";
import { withoutSource } from "../../support/withoutSource";

/** A place for settings, and the names of the id, the key and the token there. */
interface Place {
  readonly index: number;
  readonly title: string;
  readonly isConfig: boolean;
  readonly id: string;
  readonly key: string;
  readonly token: string;
}

const namespace = (index: number, name: string): Place => ({
  index,
  title: "Config",
  isConfig: true,
  id: `${name}:secretId`,
  key: `${name}:secretKey`,
  token: `${name}:securityToken`,
});

const own = namespace(0, "tencentcloud-redis");
const shared = namespace(1, "tencentcloud");
const environment: Place = {
  index: 2,
  title: "Environment",
  isConfig: false,
  id: "TENCENTCLOUD_SECRET_ID",
  key: "TENCENTCLOUD_SECRET_KEY",
  token: "TENCENTCLOUD_SECURITY_TOKEN",
};

const places: readonly (readonly [string, Place])[] = [
  ["tencentcloud-redis:", own],
  ["tencentcloud:", shared],
  ["the environment", environment],
];

/** Returns values in every place but one, where a search must not find them. */
function valuesElsewhere(searched: Place): { config: Values; environment: Values } {
  const all = places.filter(([, place]) => place !== searched).map(([, place]) => place);
  const valuesIn = (ofConfig: boolean) =>
    Object.fromEntries(
      all
        .filter(({ isConfig }) => isConfig === ofConfig)
        .flatMap(({ id, key, token }) => [id, key, token].map((name) => [name, "elsewhere"])),
    );
  return { config: valuesIn(true), environment: valuesIn(false) };
}

function find(place: Place, values: Values) {
  const elsewhere = valuesElsewhere(place);
  const { places: all } = credentialContext({
    config: { ...elsewhere.config, ...(place.isConfig && values) },
    environment: { ...elsewhere.environment, ...(!place.isConfig && values) },
  });
  return fromSettings(all[place.index] as (typeof all)[number]);
}

describe.each(places)("in %s", (_, place) => {
  const { title, id, key, token } = place;
  const pair = { [id]: "anId", [key]: "aKey" };
  const credentials = { secretId: "anId", secretKey: "aKey" };

  it.each<[string, Values, object]>([
    ["a key is found", pair, { credentials }],
    ["a temporary key is found", { ...pair, [token]: "t" }, { credentials: { ...credentials, token: "t" } }],
    ["an empty token counts as not set", { ...pair, [token]: "" }, { credentials }],
    ["nothing is found if nothing is set", {}, { missing: `${id} and ${key} are not set` }],
    [
      "nothing is found if all values are empty",
      { [id]: "", [key]: "", [token]: "" },
      { missing: `${id} and ${key} are not set` },
    ],
  ])("%s", (__, values, expected) => {
    expect(withoutSource(find(place, values))).toStrictEqual(expected);
  });

  it("a key is found, and printing never shows it", () => {
    const found = find(place, { [id]: "anId", [key]: "theS3CRETkey", [token]: "theS3CRETtoken" });
    expect(inspect(found, { depth: null, showHidden: true })).not.toContain("S3CRET");
    expect(JSON.stringify(found)).toContain('"secretKey":"[secret]","token":"[secret]"');
  });

  const wrongCharacter = `${id}, ${key} or ${token} holds white space or another character that no key has`;

  it.each<[string, Values, string]>([
    ["an id without a key", { [id]: "S3CRET" }, `${id} is set, ${key} is not`],
    ["a key without an id", { [key]: "S3CRET" }, `${key} is set, ${id} is not`],
    ["an id with an empty key", { [id]: "S3CRET", [key]: "" }, `${id} is set, ${key} is not`],
    ["a key with an empty id", { [id]: "", [key]: "S3CRET" }, `${key} is set, ${id} is not`],
    ["a token without an id or a key", { [token]: "S3CRET" }, `${token} is set, ${id} and ${key} are not`],
    ["a token with an id", { [id]: "S3CRET", [token]: "S3CRET" }, `${id} and ${token} are set, ${key} is not`],
    ["a token with a key", { [key]: "S3CRET", [token]: "S3CRET" }, `${key} and ${token} are set, ${id} is not`],
    ["a blank key", { ...pair, [key]: " " }, wrongCharacter],
    ["a line break at the end of the key", { ...pair, [key]: "S3CRET\n" }, wrongCharacter],
    ["a space before the id", { ...pair, [id]: " S3CRET" }, wrongCharacter],
    ["a line break in the token", { ...pair, [token]: "S3\nCRET" }, wrongCharacter],
    ["a token with a letter that is not ASCII", { ...pair, [token]: "S3CRETτoken" }, wrongCharacter],
  ])("%s is an error, and its value is not shown", async (__, values, reason) => {
    expect(await catchError(() => find(place, values))).toMatchObject({
      name: "CredentialsError",
      message: `${title}: ${reason}`,
    });
  });
});

it.each<[string, Values, string]>([
  ["Terraform's name", { TENCENTCLOUD_SECURITY_TOKEN: "t" }, "t"],
  ["the name in the vendor's SDK", { TENCENTCLOUD_SESSION_TOKEN: "t" }, "t"],
  ["TCCLI's name", { TENCENTCLOUD_TOKEN: "t" }, "t"],
  ["Terraform's name before others", { TENCENTCLOUD_TOKEN: "b", TENCENTCLOUD_SECURITY_TOKEN: "a" }, "a"],
  ["another name if Terraform's is empty", { TENCENTCLOUD_SECURITY_TOKEN: "", TENCENTCLOUD_SESSION_TOKEN: "b" }, "b"],
])("a token in the environment is found by %s", (_, values, token) => {
  const found = find(environment, { [environment.id]: "anId", [environment.key]: "aKey", ...values });
  expect(withoutSource(found)).toStrictEqual({ credentials: { secretId: "anId", secretKey: "aKey", token } });
});

it("the error about a token without a key names its variable", async () => {
  const message = "Environment: TENCENTCLOUD_TOKEN is set, TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not";
  expect(await catchError(() => find(environment, { TENCENTCLOUD_TOKEN: "S3CRET" }))).toHaveProperty(
    "message",
    message,
  );
});
