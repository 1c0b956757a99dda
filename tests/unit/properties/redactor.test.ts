import fc from "fast-check";

import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { anyText, canary, secretKey, secretPassword } from "./support/arbitraries";
import { holds } from "./support/property";
import { spelling } from "./support/spellings";

const secrets = fc
  .tuple(secretPassword, secretKey, secretKey)
  // One secret may be the beginning of another: a key's id and its key, a name and a password.
  .chain(([one, two, more]) => fc.constantFrom([one, two], [one, `${one}${more}`], [`${more}${one}`, one]));

it("a secret is removed from a text in every encoding, and the rest is kept", () =>
  holds(
    "spellings",
    fc.tuple(secrets, fc.array(fc.tuple(anyText, fc.nat(), spelling), { minLength: 1, maxLength: 4 }), anyText),
    ([all, parts, end]) => {
      const between = parts.map(([text]) => `${text} `).concat(end);
      const written = parts.map(([, index, spell]) => spell(all[index % all.length] ?? "").replace(/^"(.*)"$/s, "$1"));
      const text = between.map((before, index) => `${before}${written[index] ?? ""}`).join("");
      const rest = new Redactor(all.map((secret) => new Secret(secret))).redactMessage(text);
      expect(rest).not.toContain(canary);
      expect(rest).toBe(between.map((before, index) => `${before}${index in written ? "[secret]" : ""}`).join(""));
    },
  ));
