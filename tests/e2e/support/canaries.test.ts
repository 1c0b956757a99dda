import { randomBytes, randomInt } from "node:crypto";

import { CanarySearch, randomPassword, randomSecretKey, randomToken } from "./canaries";
import { findProblems } from "../../../provider/resource/contract/inputs";

const password = randomPassword();
const search = new CanarySearch([
  { name: "password", secret: password },
  { name: "secret key", secret: randomSecretKey() },
  { name: "token", secret: randomToken() },
]);

/** Returns text of a random length that is unrelated to any canary. */
const noise = (encoding: BufferEncoding = "base64"): string => randomBytes(randomInt(200)).toString(encoding);

const base64 = (before: string, encoding: BufferEncoding = "base64") =>
  Buffer.from(`${before}${password}after`).toString(encoding);

const strictUrl = encodeURIComponent(password).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

describe("a search for canaries finds one", () => {
  it.each([
    ["as it is", password],
    ["reversed", Buffer.from(password).reverse().toString()],
    ["in JSON", JSON.stringify({ password })],
    ["in JSON of Go", JSON.stringify(password).replaceAll("<", "\\u003c").replaceAll("&", "\\u0026")],
    ["in JSON that is a text in JSON", JSON.stringify(JSON.stringify({ password }))],
    ["URL-encoded", encodeURIComponent(password)],
    ["URL-encoded in lower case", strictUrl.replace(/%../g, (escape) => escape.toLowerCase())],
    ["as a form has it", new URLSearchParams({ password }).toString()],
    ["in HTML", password.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["in base64", base64("")],
    ["in base64 after one character", base64("x")],
    ["in base64 after two", base64("xy")],
    ["in base64url after two", base64("xy", "base64url")],
    ["in hex", Buffer.from(password).toString("hex")],
    ["in hex in upper case", Buffer.from(password).toString("hex").toUpperCase()],
    ["as Node.js prints its bytes", Buffer.from(password).toString("hex").replace(/../g, "$& ")],
  ])("%s, between other text", (_, written) => {
    const finds = search.in(`${noise()}${written}${noise()}`);
    expect(finds.map(({ canary }) => canary)).toContain("password");
  });

  it.each([
    ["8 characters at the beginning", password.slice(0, 8)],
    ["8 characters inside", password.slice(7, 15)],
    ["8 characters at the end", password.slice(-8)],
    ["8 characters in hex", Buffer.from(password.slice(5, 13)).toString("hex")],
    ["8 characters in base64 after one", Buffer.from(`x${password.slice(5, 13)}`).toString("base64")],
  ])("of which there are only %s", (_, part) => {
    expect(search.in(Buffer.from(`${noise()}${part}${noise()}`))).not.toEqual([]);
  });

  it("and reports its place, its encoding and its name, without quoting it", () => {
    const finds = search.in(`0123456789${password}`);
    expect(finds[0]).toEqual({ canary: "password", spelling: "as it is", offset: 10 });
  });

  it("in content with other bytes than text", () => {
    const content = Buffer.concat([randomBytes(1000), Buffer.from(password), randomBytes(1000)]);
    expect(search.in(content)).toContainEqual({ canary: "password", spelling: "as it is", offset: 1000 });
  });
});

describe("a search for canaries finds none", () => {
  it.each(["base64", "hex", "latin1"] as const)("in random text: %s", (encoding) => {
    expect(search.in(randomBytes(2_000_000).toString(encoding))).toEqual([]);
  });

  it("in 7 characters of one", () => {
    expect(search.in(`${password.slice(0, 7)} ${password.slice(8, 15)}`)).toEqual([]);
  });

  it.each(["", "short"])("in less than 8 characters: %j", (text) => {
    expect(search.in(text)).toEqual([]);
  });
});

it("a canary that resembles other text is rejected", () => {
  expect(() => new CanarySearch([{ name: "pin", secret: "1234567" }])).toThrow("the canary pin is too short");
});

it("random passwords follow the rules", () => {
  for (let n = 0; n < 1000; n++) {
    const inputs = { instanceId: "crs-1", region: "ap-guangzhou", password: randomPassword() };
    expect(findProblems(inputs)).toEqual([]);
  }
});
