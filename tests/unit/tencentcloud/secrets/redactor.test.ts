import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { cut, redactData, redactMessage, secret } from "../../support/redact";

it("a fragment of letters is removed if its capitals differ from those of a word", () => {
  expect(redactMessage("near ettersOf", ["onlyLettersOfMine"])).toBe("near [secret]");
});

it.each(["nothing of it", secret.slice(0, 7), `at the end ${secret.slice(-7)}`, "[secret", ""])(
  "other words stay as they are: %j",
  (text) => {
    expect(cut(text)).toBe(text);
  },
);

it("all words stay if there is no secret", () => {
  expect(redactMessage("nothing of it", [undefined, ""])).toBe("nothing of it");
});

it.each(["Password: invalid username-password pair", "The instance has a password-less login."])(
  "a common word that is part of a secret stays, because cutting it out would reveal it: %s",
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
  ["letters with one of the service's words at the end", "qz7vpassword-11", "near qz7vpassword", "near [secret]"],
  ["letters with one of them at the beginning", "11-passwordqz7v", "near passwordqz7v", "near [secret]"],
  ["a word that is not one of the service's", "Sunshine7!", "near Sunshine7", "near [secret]"],
])("%s are removed, because no other text contains them", (_, hidden, text, expected) => {
  expect(redactMessage(text, [hidden])).toBe(expected);
});

it.each(["k3y", "k.3*y(", "[k]3$"])("a short secret is removed if it is complete: %s", (short) => {
  expect(redactMessage(`not ${short}, nor ${short.slice(0, -1)}`, [short])).toBe(
    `not [secret], nor ${short.slice(0, -1)}`,
  );
});

it("fragments stay if a secret counts only as a whole", () => {
  const header = "TC3-HMAC-SHA256 Credential=id, Signature=0123abcd";
  const redactor = new Redactor([], [new Secret(header)]);
  expect(redactor.redactMessage(`${header}: Signature=0123abcd`)).toBe("[secret]: Signature=0123abcd");
});

describe("only the beginning of a text of megabytes is searched", () => {
  const filler = "x y ".repeat(2_500_000);

  it("so that its length does not matter", () => {
    const lookUps = jest.spyOn(Set.prototype, "has");
    const rest = cut(`${filler}${secret}`);
    const count = lookUps.mock.calls.length;
    lookUps.mockRestore();
    expect(count).toBeLessThan(30_000);
    expect(rest.length).toBeLessThan(20_000);
    expect(rest.length).toBeGreaterThan(15_000);
  });

  it("and no fragment of a secret is left at the cut, wherever it is", () => {
    for (let before = 19_970; before <= 20_010; before++) {
      const text = `${filler.slice(0, before)}${secret}${filler}`;
      for (const rest of [cut(text), redactData(text, [secret])]) {
        expect(rest.replaceAll("[secret]", "")).toMatch(/^[x y]*(\[[a-z]*)?$/);
      }
    }
  });

  it("nor of a short secret, or without secrets", () => {
    expect(redactMessage(`${"-".repeat(19_998)}abcd${filler}`, ["abcd"])).toMatch(/^-+$/);
    expect(redactData(filler, [])).toBe(filler.slice(0, 20_000));
  });
});

it("a secret that is part of its replacement is removed once", () => {
  expect(redactMessage("a set", ["s", "et"])).toBe("a [secret][secret]");
});

it("a secret that begins with another one is removed as a whole", () => {
  expect(redactMessage("zy456987 and zy456987-more", ["zy456987", "zy456987-more"])).toBe("[secret] and [secret]");
});

describe("a request adds its own secrets to those of its session", () => {
  let session: Redactor;
  let redactor: Redactor;
  beforeEach(() => {
    session = new Redactor();
    session.remember(new Secret("session-pw-1"), new Secret("s-test0"), undefined);
    redactor = session.including([new Secret("request-pw-2"), new Secret("k3y"), undefined]);
  });

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

  it("a message of another request keeps text that only looks like a short secret", () => {
    expect(session.including([]).redactMessage("s-test0 and k3y")).toBe("s-test0 and k3y");
  });

  it("a message loses a secret that was added to the session later", () => {
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
])("a complete secret is found: %j", (text, expected) => {
  expect(new Redactor([new Secret("another-pw-2"), new Secret(secret)]).finds(text)).toBe(expected);
});
