import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { parseCommandLine } from "../../../../local-cloud/cli/commandLine";
import { UsageError } from "../../../../local-cloud/cli/usageError";

let folder: string;

beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "secrets-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string | Buffer): string {
  const whole = path.join(folder, name);
  writeFileSync(whole, text);
  return whole;
}

function parsed(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const command = parseCommandLine(args, environment);
  if (command.kind !== "serve") throw new Error("it does not serve");
  return command.options;
}

it.each([
  ["no line break", "before-1t"],
  ["a line break", "before-1t\n"],
  ["a CRLF line break", "before-1t\r\n"],
])("a password is read from a file that ends with %s", (_, text) => {
  const { instances } = parsed(["--password-file", file("password", text)]);
  expect(instances).toEqual({ "crs-5a4py64p": { password: "before-1t" } });
});

it("spaces around a password belong to it", () => {
  const { instances } = parsed(["--password-file", file("password", " before 1t \n")]);
  expect(instances).toEqual({ "crs-5a4py64p": { password: " before 1t " } });
});

it("each instance has its own password, the shared one, or that of the environment", () => {
  const instances = ["a", "b", "c@ap-shanghai"].flatMap((id) => ["--instance", `crs-${id}`]);
  const own = ["--password-file", `crs-a=${file("a=b", "password-a")}`, "--password-free", "crs-b"];
  const environment = { TENCENT_REDIS_LOCAL_PASSWORD: "password-e" };
  const expected = (ofOthers: string | undefined) => ({
    "crs-a": { password: "password-a" },
    "crs-b": { password: "" },
    "crs-c": { password: ofOthers, region: "ap-shanghai" },
  });
  expect(parsed([...instances, ...own], { ...environment }).instances).toEqual(expected("password-e"));
  expect(parsed([...instances, ...own]).instances).toEqual(expected(undefined));
  const ofAll = ["--password-file", file("all", "password-all")];
  expect(parsed([...instances, ...ofAll, ...own], { ...environment }).instances).toEqual(expected("password-all"));
});

it("a custom account has its own password, or a random one", () => {
  const id = "crs-5a4py64p";
  const accounts = ["--account", `${id}/reader`, "--account", `${id}/writer`];
  const own = ["--password-file", `${id}/reader=${file("a=b", "password-r")}`];
  const environment = { TENCENT_REDIS_LOCAL_PASSWORD: "password-e" };
  expect(parsed([...accounts, ...own], environment).instances).toEqual({
    [id]: { password: "password-e", accounts: { reader: "password-r", writer: undefined } },
  });
});

it("the API key and the token are read from files or from the environment, files first", () => {
  const environment = {
    TENCENT_REDIS_LOCAL_SECRET_KEY: "key-e",
    TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "token-e",
  };
  expect(parsed([], { ...environment })).toMatchObject({ secretKey: "key-e", webIdentityToken: "token-e" });
  const files = ["--secret-key-file", file("key", "key-f\n"), "--web-identity-token-file", file("token", "token-f\n")];
  expect(parsed(files, { ...environment })).toMatchObject({ secretKey: "key-f", webIdentityToken: "token-f" });
  const empty = { TENCENT_REDIS_LOCAL_SECRET_KEY: "", TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "" };
  expect(parsed([], empty)).toMatchObject({ secretKey: undefined, webIdentityToken: undefined });
});

it("secrets are removed from the environment, which the Redis servers inherit", () => {
  const environment = {
    HOME: "/",
    TENCENT_REDIS_LOCAL_PASSWORD: "password-e",
    TENCENT_REDIS_LOCAL_SECRET_KEY: "key-e",
    TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "token-e",
  };
  parsed([], environment);
  expect(environment).toEqual({ HOME: "/" });
});

it.each<[() => string[], string]>([
  [() => ["--password-file", "/nonexistent/password"], "cannot read /nonexistent/password: no such file"],
  [() => ["--password-file", folder], `it is a folder (EISDIR)`],
  [() => ["--password-file", file("empty", "")], "empty is empty"],
  [() => ["--password-file", file("break", "\n")], "break is empty"],
  [() => ["--password-file", file("two", "one\ntwo\n")], "two has more than one line"],
  [() => ["--password-file", `crs-x=${file("p", "p")}`], "crs-x is not an instance of this cloud"],
  [() => ["--password-file", `crs-5a4py64p/x=${file("p", "p")}`], "crs-5a4py64p/x is not an account of this cloud"],
  [() => ["--password-free", "crs-x"], "crs-x is not an instance of this cloud"],
  [
    () => ["--password-free", "crs-5a4py64p", "--password-file", `crs-5a4py64p=${file("p", "p")}`],
    "crs-5a4py64p is given twice",
  ],
  [
    () => ["--password-file", file("p", "p"), "--password-file", file("q", "q")],
    "--password-file: is given twice for all instances",
  ],
  [() => ["--secret-key-file", file("empty", "")], "--secret-key-file: "],
  [() => ["--web-identity-token-file", "/nonexistent"], "--web-identity-token-file: cannot read /nonexistent"],
])("an unusable file or instance is an error that says what is wrong (%#)", (args, message) => {
  expect(() => parsed(args())).toThrow(message);
  expect(() => parsed(args())).toThrow(UsageError);
});
