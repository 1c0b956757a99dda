import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { cut, redactData, redactMessage, secret } from "../../support/redact";

it("a fragment of letters is removed if a word would not be capitalized like it", () => {
  expect(redactMessage("near ettersOf", ["onlyLettersOfMine"])).toBe("near [secret]");
});

it.each(["nothing of it", secret.slice(0, 7), `at the end ${secret.slice(-7)}`, "[secret", ""])(
  "text without a long fragment of a secret stays unchanged: %j",
  (text) => {
    expect(cut(text)).toBe(text);
  },
);

it("text stays unchanged if there is no secret", () => {
  expect(redactMessage("nothing of it", [undefined, ""])).toBe("nothing of it");
});

it.each(["Password: invalid username-password pair", "The instance has a password-less login."])(
  "a common word that is part of a secret stays, because cutting it out would reveal it: %s",
  (refusal) => {
    expect(redactMessage(refusal, ["my-Password-is-password-pair-1"])).toBe(refusal);
  },
);

it.each([
  ["a fragment of many lowercase letters", "qwkzhvbnmxplrtyugfds7", "near qwkzhvbnmxplrty", "near [secret]"],
  ["a fragment of 12 lowercase letters", "qwkzhvbnmxplrtyugfds7", "near qwkzhvbnmxpl", "near [secret]"],
  ["a fragment of several words", "correct-horse-battery-staple", 'near "correct-horse-bat', 'near "[secret]'],
  ["a fragment of punctuation", "ab!@#$%^&*()_+", "near !@#$%^&*(", "near [secret]"],
  ["a fragment of lowercase letters and a digit", "kqzvxwjpmtr7", "near kqzvxwjpmtr", "near [secret]"],
  ["a fragment that ends with one of the service's words", "qz7vpassword-11", "near qz7vpassword", "near [secret]"],
  ["a fragment that begins with one of the service's words", "11-passwordqz7v", "near passwordqz7v", "near [secret]"],
  ["a fragment with a word that is not one of the service's", "Sunshine7!", "near Sunshine7", "near [secret]"],
])("%s is removed, because no other text contains it", (_, hidden, text, expected) => {
  expect(redactMessage(text, [hidden])).toBe(expected);
});

it.each(["k3y", "k.3*y(", "[k]3$"])("a short secret is removed only if it is complete: %s", (short) => {
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

  it("and so the number of lookups does not grow with its length", () => {
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

  it("nor of a short secret, and a text is only cut if there are no secrets", () => {
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
    ["a part of a secret of the session", "near session-p", "near [secret]"],
    ["a secret of the request", "near request-pw-2.", "near [secret]."],
    ["a part of a secret of the request", "near quest-pw-2", "near [secret]"],
    ["a short secret of the request", "near k3y.", "near [secret]."],
  ])("a message loses %s", (_, message, expected) => {
    expect(redactor.redactMessage(message)).toBe(expected);
  });

  it.each([
    ["loses a secret of the request", "2026-01-02 request-pw-2", "2026-01-02 [secret]"],
    ["keeps a part of a secret of the request", "2026-01-02 request-pw", "2026-01-02 request-pw"],
    ["keeps a secret of the session", "2026-01-02 session-pw-1", "2026-01-02 session-pw-1"],
    ["keeps a short secret", "crs-k3y00001 s-test0", "crs-k3y00001 s-test0"],
  ])("data %s", (_, data, expected) => {
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
])("only a complete secret is found: %j", (text, expected) => {
  expect(new Redactor([new Secret("another-pw-2"), new Secret(secret)]).finds(text)).toBe(expected);
});
