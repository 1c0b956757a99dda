import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";

const secretsIn = (texts: readonly (string | undefined)[]) =>
  texts.map((text) => (text === undefined ? undefined : new Secret(text)));
const redactMessage = (text: string, secrets: readonly (string | undefined)[]) =>
  new Redactor(secretsIn(secrets)).redactMessage(text);
const redactData = (text: string, secrets: readonly string[]) => new Redactor(secretsIn(secrets)).redactData(text);

const secret = 'aZ7<m&p"q/R2s+t;';
const cut = (text: string) => redactMessage(text, [undefined, "", secret]);

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
  const rest = redactMessage(Buffer.from(`${before}~??>~??>~??>~??>${before}`).toString("base64url"), [
    "~??>~??>~??>~??>",
  ]);
  expect(rest).toMatch(/^.{0,4}\[secret\].{0,4}$/);
});

it("a secret of 8 characters is cut out in hex and base64, too", () => {
  const bytes = Buffer.from("zy456987");
  expect(redactMessage(`${bytes.toString("hex")} ${bytes.toString("base64")}`, ["zy456987"])).toMatch(
    /^\[secret\] \[secret\].{0,2}$/,
  );
});

it("a part of letters only is cut out where its capitals stand as in no word", () => {
  expect(redactMessage("near ettersOf", ["onlyLettersOfMine"])).toBe("near [secret]");
});

it.each(["nothing of it", secret.slice(0, 7), `at the end ${secret.slice(-7)}`, "[secret", ""])(
  "other words stay as they are: %j",
  (text) => {
    expect(cut(text)).toBe(text);
  },
);

it("all words stay as they are where there is no secret", () => {
  expect(redactMessage("nothing of it", [undefined, ""])).toBe("nothing of it");
});

it.each(["Password: invalid username-password pair", "The instance has a password-less login."])(
  "a word that is a part of a secret stays, for to cut it out would tell so: %s",
  (refusal) => {
    expect(redactMessage(refusal, ["my-Password-is-password-pair-1"])).toBe(refusal);
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
  expect(redactMessage(text, [hidden])).toBe(expected);
});

it.each(["k3y", "k.3*y(", "[k]3$"])("a short secret is cut out where all of it stands: %s", (short) => {
  expect(redactMessage(`not ${short}, nor ${short.slice(0, -1)}`, [short])).toBe(
    `not [secret], nor ${short.slice(0, -1)}`,
  );
});

it.each(["&#39;", "&#039;", "&#x27;", "&apos;"])(
  "a secret with quotes is cut out of HTML that writes them %s",
  (quote) => {
    const quotes = "ab1'cd2'ef3'gh4'";
    expect(redactMessage(`near ${quotes.replaceAll("'", quote)}.`, [quotes])).toBe("near [secret].");
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
  expect(redactMessage(`near ${written}.`, [hidden])).toBe("near [secret].");
});

it("of a text whose parts are no secret, the parts stay", () => {
  const header = "TC3-HMAC-SHA256 Credential=id, Signature=0123abcd";
  const redactor = new Redactor([], [new Secret(header)]);
  expect(redactor.redactMessage(`${header}: Signature=0123abcd`)).toBe("[secret]: Signature=0123abcd");
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
      for (const rest of [cut(text), redactData(text, [secret])]) {
        expect(rest.replaceAll("[secret]", "")).toMatch(/^[x y]*(\[[a-z]*)?$/);
      }
    }
  });

  it("nor of one that is short, or when there are none", () => {
    expect(redactMessage(`${"-".repeat(19_998)}abcd${filler}`, ["abcd"])).toMatch(/^-+$/);
    expect(redactData(filler, [])).toBe(filler.slice(0, 20_000));
  });
});

it("a secret that is part of what stands for it is cut out once", () => {
  expect(redactMessage("a set", ["s", "et"])).toBe("a [secret][secret]");
});

it("a secret that begins with another one is cut out as a whole", () => {
  expect(redactMessage("zy456987 and zy456987-more", ["zy456987", "zy456987-more"])).toBe("[secret] and [secret]");
});

describe("secrets are cut out of words that are not ours", () => {
  it.each([
    ["as they are, each time", "zy456987", "zy456987 or zy456987", "[secret] or [secret]"],
    ["in JSON", 'zy"456\\987', String.raw`{"p":"zy\"456\\987"}`, '{"p":"[secret]"}'],
    ["in JSON as PHP writes it", "zy/456/987", String.raw`{"p":"zy\/456\/987"}`, '{"p":"[secret]"}'],
    ["in JSON as Go writes it", "zy<456&987>", String.raw`{"p":"zy\u003c456\u0026987\u003e"}`, '{"p":"[secret]"}'],
    ["in a URL", "zy#456%987", "?p=zy%23456%25987", "?p=[secret]"],
    ["in a URL that leaves no punctuation", "zy!'()*987", "?p=zy%21%27%28%29%2A987", "?p=[secret]"],
    ["in HTML", "<zy&&456987><", "<b>&lt;zy&amp;&amp;456987&gt;&lt;</b>", "<b>[secret]</b>"],
    ["in an attribute of HTML", `"zy'456'987"`, "p=&quot;zy&#39;456&#39;987&quot;", "p=[secret]"],
  ])("%s", (_, secret, words, shown) => {
    expect(redactMessage(words, [secret])).toBe(shown);
  });

  it("all of them, and nothing where there is none", () => {
    expect(redactMessage("one, two, three", ["one", undefined, "", "three"])).toBe("[secret], two, [secret]");
  });
});

describe("a request adds its own secrets to those of its session", () => {
  const session = new Redactor();
  session.remember(new Secret("session-pw-1"), new Secret("s-test0"), undefined);
  const redactor = session.including([new Secret("request-pw-2"), new Secret("k3y"), undefined]);

  it.each([
    ["a secret of the session", "near session-pw-1.", "near [secret]."],
    ["a part of one", "near session-p", "near [secret]"],
    ["a secret of the request", "near request-pw-2.", "near [secret]."],
    ["a part of one", "near quest-pw-2", "near [secret]"],
    ["a short secret of the request", "near k3y.", "near [secret]."],
  ])("a message loses %s", (_, message, expected) => {
    expect(redactor.redactMessage(message)).toBe(expected);
  });

  it.each([
    ["a secret of the request", "2026-01-02 request-pw-2", "2026-01-02 [secret]"],
    ["no part of one", "2026-01-02 request-pw", "2026-01-02 request-pw"],
    ["no secret of the session", "2026-01-02 session-pw-1", "2026-01-02 session-pw-1"],
    ["no short secret", "crs-k3y00001 s-test0", "crs-k3y00001 s-test0"],
  ])("data loses %s", (_, data, expected) => {
    expect(redactor.redactData(data)).toBe(expected);
  });

  it("a message of another request keeps what only looks like a short secret", () => {
    expect(session.including([]).redactMessage("s-test0 and k3y")).toBe("s-test0 and k3y");
  });

  it("a message loses what the session has been told since", () => {
    const told = new Redactor();
    const ofRequest = told.including([]);
    expect(ofRequest.redactMessage("near later-pw-3")).toBe("near later-pw-3");
    told.remember(new Secret("later-pw-3"));
    expect(ofRequest.redactMessage("near later-pw-3")).toBe("near [secret]");
    expect(told.redactMessage("near ater-pw-3")).toBe("near [secret]");
  });
});

it.each([
  [`a ${secret}`, true],
  [`a ${encodeURIComponent(secret)}`, true],
  [`a ${secret.slice(1)}`, false],
  ["", false],
])("a secret is found where all of it stands: %j", (text, expected) => {
  expect(new Redactor([new Secret(secret)]).finds(text)).toBe(expected);
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
