import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { cut, redactData, redactMessage, secret } from "../../support/redact";

it.each([
  ["verbatim", secret],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ["in nested JSON", JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ["in HTML with numeric entities", secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)],
  ["in HTML with named entities", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")],
  ["URL-encoded", encodeURIComponent(secret)],
  ["in hex", Buffer.from(secret).toString("hex")],
  ["in uppercase hex", Buffer.from(secret).toString("hex").toUpperCase()],
  ["truncated at its end", secret.slice(0, 9)],
  ["truncated at its beginning", secret.slice(7)],
  ["truncated in JSON", JSON.stringify(secret).slice(1, 11)],
])("a secret is removed from an external message: %s", (_, written) => {
  expect(cut(`near '${written}' and '${written}'`)).toBe("near '[secret]' and '[secret]'");
});

describe("secrets are removed from external messages", () => {
  it.each([
    ["verbatim, each time", "zy456987", "zy456987 or zy456987", "[secret] or [secret]"],
    ["in JSON", 'zy"456\\987', String.raw`{"p":"zy\"456\\987"}`, '{"p":"[secret]"}'],
    ["in JSON as PHP encodes it", "zy/456/987", String.raw`{"p":"zy\/456\/987"}`, '{"p":"[secret]"}'],
    ["in JSON as Go encodes it", "zy<'=6&987>", String.raw`{"p":"zy\u003c'=6\u0026987\u003e"}`, '{"p":"[secret]"}'],
    ["in a URL", "zy#456%987", "?p=zy%23456%25987", "?p=[secret]"],
    ["in a URL that encodes all punctuation", "zy!'()*987", "?p=zy%21%27%28%29%2A987", "?p=[secret]"],
    ["in HTML", "<zy&&456987><", "<b>&lt;zy&amp;&amp;456987&gt;&lt;</b>", "<b>[secret]</b>"],
    ["in an HTML attribute", `"zy'456'987"`, "p=&quot;zy&#39;456&#39;987&quot;", "p=[secret]"],
  ])("%s", (_, secret, words, shown) => {
    expect(redactMessage(words, [secret])).toBe(shown);
  });

  it("all of them, and empty ones are ignored", () => {
    expect(redactMessage("one, two, three", ["one", undefined, "", "three"])).toBe("[secret], two, [secret]");
  });
});

it.each(["", "a", "ab"])("the base64 of a secret is removed from messages and data, after %j", (before) => {
  const text = `near ${Buffer.from(`${before}${secret}after`).toString("base64")}`;
  for (const rest of [cut(text), redactData(text, [secret])]) {
    expect(rest).toMatch(/^near .{0,4}\[secret\].{0,12}$/);
  }
});

it.each(["", "a", "ab"])("the base64url of a secret is removed, after %j", (before) => {
  // Every fourth character of its base64 is a + or a /.
  const rest = redactMessage(Buffer.from(`${before}~??>~??>~??>~??>${before}`).toString("base64url"), [
    "~??>~??>~??>~??>",
  ]);
  expect(rest).toMatch(/^.{0,4}\[secret\].{0,4}$/);
});

it.each([14, 15, 16])("unpadded base64 is removed from data as a whole: %d bytes", (length) => {
  const part = secret.slice(0, length);
  for (const encoding of ["base64", "base64url"] as const) {
    const text = Buffer.from(part).toString(encoding).replaceAll("=", "");
    expect(redactData(`near ${text}.`, [part])).toBe("near [secret].");
  }
});

it("a secret of 8 characters is also removed in hex and base64", () => {
  const bytes = Buffer.from("zy456987");
  expect(redactMessage(`${bytes.toString("hex")} ${bytes.toString("base64")}`, ["zy456987"])).toMatch(
    /^\[secret\] \[secret\].{0,2}$/,
  );
});

it.each(["&#39;", "&#039;", "&#x27;", "&apos;"])(
  "a secret with quotes is removed from HTML that encodes them as %s",
  (quote) => {
    const quotes = `ab1'cd2"ef3'gh4'`;
    const written = quotes.replaceAll('"', "&quot;").replaceAll("'", quote);
    expect(redactMessage(`near ${written}.`, [quotes])).toBe("near [secret].");
  },
);

it.each([
  ["in a URL with lowercase hex digits", "Aa1<2>3/4{5}6", "Aa1%3c2%3e3%2f4%7b5%7d6"],
  ["in a URL, with a lone surrogate", "Aa1\ud83d2#3b", "Aa1%EF%BF%BD2%233b"],
  ["in Java's JSON", "Aa1='b=2'c=3'd", "Aa1\\u003d\\u0027b\\u003d2\\u0027c\\u003d3\\u0027d"],
  ["in PHP's JSON with uppercase hex digits", "a<1>b&2'c", "a\\u003C1\\u003Eb\\u00262\\u0027c"],
  ["with single quotes and backslashes escaped by backslashes", "Aa'1\"b'2\\c'3\"d", "Aa\\'1\"b\\'2\\\\c\\'3\"d"],
  ["with doubled single quotes", "Aa'1b'2c'3d'4", "Aa''1b''2c''3d''4"],
  ["in HTML with hexadecimal entities", "Aa<1b<2c>3d", "Aa&#x3c;1b&#x3c;2c&#x3e;3d"],
])("a secret is removed if it is encoded %s", (_, hidden, written) => {
  expect(redactMessage(`near ${written}.`, [hidden])).toBe("near [secret].");
});

describe("a secret is spelled", () => {
  it("once for all resources that have it, and by the first message that is searched for it", () => {
    const secrets = Array.from({ length: 3 }, () => new Secret("same-pw-1"));
    const spellings = secrets.map((each) => jest.spyOn(each, "spellings"));
    const session = new Redactor();
    session.remember(...secrets);
    expect(session.including(secrets).redactData("a text")).toBe("a text");
    expect(spellings.map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0]);
    session.redactMessage("a longer message");
    expect(spellings.map(({ mock }) => mock.calls.length > 0)).toEqual([true, false, false]);
  });

  it("in the same texts each time", () => {
    const once = new Secret(secret);
    expect(once.spellings()).toBe(once.spellings());
  });
});
