import fs from "node:fs/promises";

import { fromSdkProfile } from "../../../../provider/tencentcloud/credentials/fromSdkProfile";
import { expectBroken } from "../../support/expectBroken";
import { credentialContext } from "../../support/credentialContext";
import { useTemporaryHome } from "../../support/temporaryHome";
import { withoutSource } from "../../support/withoutSource";

const home = useTemporaryHome();
const find = () => fromSdkProfile(credentialContext({ homeDirectory: home.at() }));
const file = ".tencentcloud/credentials";
const filesOfTheMachine = "/etc/tencentcloud/credentials";

/** The content of the machine's file in a test, which must not read the real one. */
let textOfTheMachine: string | undefined;
let readFile: jest.SpiedFunction<typeof fs.readFile>;

beforeEach(() => {
  textOfTheMachine = undefined;
  const read = fs.readFile;
  readFile = jest.spyOn(fs, "readFile").mockImplementation((path, options) => {
    if (path !== filesOfTheMachine) return read(path, options);
    if (textOfTheMachine !== undefined) return Promise.resolve(textOfTheMachine);
    return Promise.reject(Object.assign(new Error("none"), { code: "ENOENT" }));
  });
});

afterEach(() => readFile.mockRestore());

const key = "secret_id = anId\nsecret_key = theS3CRETkey\n";

it.each<[string, string, object]>([
  ["a key", `[default]\n${key}`, {}],
  ["a temporary key", `[default]\n${key}token = theS3CRETtoken\n`, { token: "theS3CRETtoken" }],
  ["a key without spaces", "[default]\nsecret_id=anId\nsecret_key=theS3CRETkey", {}],
  ["CRLF line ends", `[default]\n${key}`.replaceAll("\n", "\r\n"), {}],
  ["comments", `; one\n# another\n[default]\n${key}`, {}],
  ["other profiles before and after it", `[a]\nsecret_id = x\n[default]\n${key}[b]\nsecret_id = y\n`, {}],
  ["an empty token", `[default]\n${key}token =\n`, {}],
  ["colons, which the Python SDK accepts", "[default]\nsecret_id: anId\nsecret_key : theS3CRETkey\n", {}],
  ["white space around everything", "  [ default ]  \n\tsecret_id\t=\tanId \n  secret_key=  theS3CRETkey\t\n", {}],
  ["names in upper case", "[default]\nSECRET_ID = anId\nSecret_Key = theS3CRETkey\n", {}],
  ["values in quotes", `[default]\nsecret_id = "anId"\nsecret_key = 'theS3CRETkey'\n`, {}],
  ["values in quotes with spaces inside", `[default]\nsecret_id = " anId "\nsecret_key = 'theS3CRETkey '\n`, {}],
  ["quotes in a value", `[default]\n${key}token = a"b"\n`, { token: 'a"b"' }],
  ["a value that begins with a quoted word", `[default]\n${key}token = "a"b\n`, { token: '"a"b' }],
  ["brackets in a value", `[default]\nsecret_id = anId\ntoken = a[b]\nsecret_key = theS3CRETkey`, { token: "a[b]" }],
  ["a comment instead of a value", `[default]\n${key}token =; none\n`, {}],
  ["comments after values", "[default] ; mine\nsecret_id = anId ; one\nsecret_key = theS3CRETkey # two\n", {}],
  ["a byte order mark", `\uFEFF[default]\n${key}`, {}],
  ["CR line ends", `[default]\n${key}`.replaceAll("\n", "\r"), {}],
  ["a token with = and :", `[default]\n${key}token = a:b==\n`, { token: "a:b==" }],
  [
    "a token that another parser would read as a boolean",
    "[default]\nsecret_id = anId\nsecret_key = theS3CRETkey\ntoken = true",
    { token: "true" },
  ],
  ["settings of other tools", `[default]\nregion = ap-guangzhou\n${key}output: json\n`, {}],
])("credentials are read from a file with %s", async (_, text, changes) => {
  home.write(file, text);
  expect(withoutSource(await find())).toStrictEqual({
    credentials: { secretId: "anId", secretKey: "theS3CRETkey", ...changes },
  });
});

it("the machine's file is used if the home directory has none", async () => {
  textOfTheMachine = "[default]\nsecret_id = ofTheMachine\nsecret_key = theS3CRETkey\n";
  expect(await find()).toHaveProperty("credentials.secretId", "ofTheMachine");
});

it("the home directory's file takes precedence over the machine's, even if it is broken", async () => {
  textOfTheMachine = "[default]\nsecret_id = ofTheMachine\nsecret_key = theS3CRETkey\n";
  home.write(file, `[default]\n${key}`);
  expect(await find()).toHaveProperty("credentials.secretId", "anId");
  home.write(file, "[default]\n");
  await expectBroken(find, `${home.at(file)}: secret_id and secret_key are not set`);
});

it("without a file there are no credentials", async () => {
  expect(await find()).toStrictEqual({ missing: `neither ${home.at(file)} nor ${filesOfTheMachine} exists` });
});

it.each<[string, string, string]>([
  ["an empty file", "", "has no section [default]"],
  ["only the section [DEFAULT] of Python's parser", `[DEFAULT]\n${key}`, "has no section [default]"],
  ["a section whose name only begins with default", `[default2]\n${key}`, "has no section [default]"],
  ["only another profile", `[other]\n${key}`, "has no section [default]"],
  ["a key outside of a section", key, "has no section [default]"],
  ["a setting named default", "default = theS3CRETkey\n", "has no section [default]"],
  ["a setting named default that is null", "default = null\n", "has no section [default]"],
  ["JSON", '{"secretKey":"theS3CRETkey"}', "has no section [default]"],
  ["an empty section", "[default]\n", "secret_id and secret_key are not set"],
  ["a secret id without a secret key", "[default]\nsecret_id = theS3CRETid\n", "secret_id is set, secret_key is not"],
  ["only a token", "[default]\ntoken = theS3CRETtoken\n", "token is set, secret_id and secret_key are not"],
  ["a secret key without a secret id", "[default]\nsecret_key = theS3CRETkey\n", "secret_key is set, secret_id is not"],
  ["a secret key without a value", "[default]\nsecret_id = anId\nsecret_key\n", "secret_id is set, secret_key is not"],
  [
    "a list of secret keys",
    "[default]\nsecret_id = anId\nsecret_key[] = theS3CRETkey\n",
    "secret_id is set, secret_key is not",
  ],
  ["two secret keys", `[default]\n${key}secret_key = anotherS3CRET\n`, "secret_key is set more than once"],
  ["two sections [default]", `[default]\n${key}[a]\n[default]\n${key}`, "secret_id is set more than once"],
  [
    "a secret key with a space",
    "[default]\nsecret_id = anId\nsecret_key = theS3CRET key\n",
    "secret_id, secret_key or token holds white space or another character that no key has",
  ],
])("a file is broken if it is or contains %s", async (_, text, reason) => {
  home.write(file, text);
  await expectBroken(find, `${home.at(file)}: ${reason}`);
});

it("a folder in place of the file is an error", async () => {
  home.makeFolder(file);
  await expectBroken(find, `${home.at(file)}: cannot be read (EISDIR)`);
});

it("a file without permission to read it is broken, not skipped", async () => {
  readFile.mockRejectedValue(Object.assign(new Error("no"), { code: "EACCES" }));
  await expectBroken(find, `${home.at(file)}: cannot be read (EACCES)`);
});
