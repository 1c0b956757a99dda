import { cutterOf, withoutSecrets } from "../../../../provider/tencentcloud/errors/redact";

const secret = 'aZ7<m&p"q/R2s+t;';
const cut = (text: string) => withoutSecrets(text, [undefined, "", secret]);

it.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ["in JSON in JSON", JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ["in HTML by numbers", secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)],
  [
    "in HTML with its quotes by number",
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
  ],
  ["URL-encoded", encodeURIComponent(secret)],
  ["in hex", Buffer.from(secret).toString("hex")],
  ["in hex with capitals", Buffer.from(secret).toString("hex").toUpperCase()],
  ["cut off at its end", secret.slice(0, 9)],
  ["cut off at its beginning", secret.slice(7)],
  ["cut off in JSON", JSON.stringify(secret).slice(1, 11)],
])("a secret is cut out of words that are not ours: %s", (_, written) => {
  expect(cut(`near '${written}' and '${written}'`)).toBe("near '[secret]' and '[secret]'");
});

it.each(["", "a", "ab"])("what base64 says of a secret is cut out, after %j", (before) => {
  const rest = cut(`near ${Buffer.from(`${before}${secret}after`).toString("base64")}`);
  expect(rest).toMatch(/^near .{0,4}\[secret\].{0,12}$/);
});

it.each(["", "a", "ab"])("what base64 for URLs says of a secret is cut out, after %j", (before) => {
  // In base64 every fourth character of it is a + or a /.
  const rest = withoutSecrets(Buffer.from(`${before}~??>~??>~??>~??>${before}`).toString("base64url"), [
    "~??>~??>~??>~??>",
  ]);
  expect(rest).toMatch(/^.{0,4}\[secret\].{0,4}$/);
});

it("a secret of 8 characters is cut out in hex and base64, too", () => {
  const bytes = Buffer.from("zy456987");
  expect(withoutSecrets(`${bytes.toString("hex")} ${bytes.toString("base64")}`, ["zy456987"])).toMatch(
    /^\[secret\] \[secret\].{0,2}$/,
  );
});

it("a part of letters only is cut out where its capitals stand as in no word", () => {
  expect(withoutSecrets("near ettersOf", ["onlyLettersOfMine"])).toBe("near [secret]");
});

it.each(["nothing of it", secret.slice(0, 7), `at the end ${secret.slice(-7)}`, "[secret", ""])(
  "other words stay as they are: %j",
  (text) => {
    expect(cut(text)).toBe(text);
  },
);

it("all words stay as they are where there is no secret", () => {
  expect(withoutSecrets("nothing of it", [undefined, ""])).toBe("nothing of it");
});

it.each(["Password: invalid username-password pair", "The instance has a password-less login."])(
  "a word that is a part of a secret stays, for to cut it out would tell so: %s",
  (refusal) => {
    expect(withoutSecrets(refusal, ["my-Password-is-password-pair-1"])).toBe(refusal);
  },
);

it.each([
  ["a part of many small letters", "qwkzhvbnmxplrtyugfds7", "near qwkzhvbnmxplrty", "near [secret]"],
  ["12 small letters", "qwkzhvbnmxplrtyugfds7", "near qwkzhvbnmxpl", "near [secret]"],
  ["words in a row", "correct-horse-battery-staple", 'near "correct-horse-bat', 'near "[secret]'],
  ["punctuation", "ab!@#$%^&*()_+", "near !@#$%^&*(", "near [secret]"],
  ["small letters with a digit", "kqzvxwjpmtr7", "near kqzvxwjpmtr", "near [secret]"],
  ["a word that is not one of the service's", "Sunshine7!", "near Sunshine7", "near [secret]"],
])("%s are cut out, for no other text holds them", (_, hidden, text, expected) => {
  expect(withoutSecrets(text, [hidden])).toBe(expected);
});

it.each(["k3y", "k.3*y(", "[k]3$"])("a short secret is cut out where all of it stands: %s", (short) => {
  expect(withoutSecrets(`not ${short}, nor ${short.slice(0, -1)}`, [short])).toBe(
    `not [secret], nor ${short.slice(0, -1)}`,
  );
});

it.each(["&#39;", "&#039;", "&#x27;", "&apos;"])(
  "a secret with quotes is cut out of HTML that writes them %s",
  (quote) => {
    const quotes = "ab1'cd2'ef3'gh4'";
    expect(withoutSecrets(`near ${quotes.replaceAll("'", quote)}.`, [quotes])).toBe("near [secret].");
  },
);

it.each([
  ["a URL with small letters", "Aa1<2>3/4{5}6", "Aa1%3c2%3e3%2f4%7b5%7d6"],
  ["Java's JSON", "Aa1='b=2'c=3'd", "Aa1\\u003d\\u0027b\\u003d2\\u0027c\\u003d3\\u0027d"],
  ["PHP's JSON with capital letters", "a<1>b&2'c", "a\\u003C1\\u003Eb\\u00262\\u0027c"],
  ["quotes behind backslashes", "Aa'1\"b'2\"c'3\"d", "Aa\\'1\"b\\'2\"c\\'3\"d"],
  ["quotes twice", "Aa'1b'2c'3d'4", "Aa''1b''2c''3d''4"],
  ["HTML by hexadecimal numbers", "Aa<1b<2c>3d", "Aa&#x3c;1b&#x3c;2c&#x3e;3d"],
])("a secret is cut out as others write it: %s", (_, hidden, written) => {
  expect(withoutSecrets(`near ${written}.`, [hidden])).toBe("near [secret].");
});

it("of a text whose parts are no secret, the parts stay", () => {
  const header = "TC3-HMAC-SHA256 Credential=id, Signature=0123abcd";
  expect(cutterOf([header])(`${header}: Signature=0123abcd`)).toBe("[secret]: Signature=0123abcd");
});

describe("of a text of megabytes only the beginning is searched", () => {
  const filler = "x y ".repeat(2_500_000);

  it("so that its length costs nothing", () => {
    const lookUps = jest.spyOn(Set.prototype, "has");
    const rest = cut(`${filler}${secret}`);
    const count = lookUps.mock.calls.length;
    lookUps.mockRestore();
    expect(count).toBeLessThan(30_000);
    expect(rest.length).toBeLessThan(20_000);
    expect(rest.length).toBeGreaterThan(15_000);
  });

  it("and no part of a secret is left where it is cut off, wherever that is", () => {
    for (let before = 19_970; before <= 20_010; before++) {
      const text = `${filler.slice(0, before)}${secret}${filler}`;
      for (const rest of [cut(text), cutterOf([secret])(text)]) {
        expect(rest.replaceAll("[secret]", "")).toMatch(/^[x y]*(\[[a-z]*)?$/);
      }
    }
  });

  it("nor of one that is short, or when there are none", () => {
    expect(withoutSecrets(`${"-".repeat(19_998)}abcd${filler}`, ["abcd"])).toMatch(/^-+$/);
    expect(cutterOf([])(filler)).toBe(filler.slice(0, 20_000));
  });
});
