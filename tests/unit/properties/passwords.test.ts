import fc from "fast-check";

import { findProblems } from "../../../provider/resource/contract/inputs";
import { anyText, pickCharacter, classesIn, pickFrom, printable, validPassword } from "./support/arbitraries";
import { holds } from "./support/property";

const problems = (password: unknown) => findProblems({ instanceId: "crs-5a4py64p", region: "ap-guangzhou", password });

const tooShort = "password: must have at least 8 characters";
const tooLong = "password: must have at most 64 characters";
const slash = "password: must not start with /";
const oneClass = "password: must mix at least two of lower case, upper case, digits and ()~!@#$%^&*-+=_|{}[]:;<>,.?/";
const empty = "password: is empty";
const blank = "password: is blank: it holds white space only";
const notPrintable =
  "password: must hold printable ASCII only, no white space " +
  "(a line break at the end, as read from a file, is the usual cause)";

it("a password that follows the rules is accepted", () =>
  holds("validPasswords", validPassword, (password) => expect(problems(password)).toEqual([])));

/** Has characters of at least two classes in its first part. */
const begun = (minLength: number, maxLength: number) =>
  fc.string({ unit: printable, minLength: minLength - 2, maxLength: maxLength - 2 }).map((rest) => `a1${rest}`);

const ofOneClass = fc
  .integer({ min: 0, max: 3 })
  .chain((index) =>
    fc.string({ unit: fc.oneof(pickCharacter(index), pickFrom(`"'\`\\`)), minLength: 8, maxLength: 64 }),
  )
  .filter((text) => !text.startsWith("/"));

const notPermitted = fc.oneof(
  fc.constantFrom(" ", "\n", "\r", "\t", "\0", "\x7f", "\x80", "\ud800", "\udfff", "\u00a0", "é", "密", "１", "😀"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((character) => !/^[!-~]$/.test(character)),
);

const withOneMore = fc
  .tuple(begun(8, 40), notPermitted, fc.nat())
  .map(([password, other, at]) => `${password.slice(0, at % 9)}${other}${password.slice(at % 9)}`);

/** Passwords that break exactly one rule. */
const broken: fc.Arbitrary<[string, string]> = fc.oneof(
  begun(2, 7).map((password): [string, string] => [password, tooShort]),
  begun(65, 200).map((password): [string, string] => [password, tooLong]),
  begun(8, 63).map((password): [string, string] => [`/${password}`, slash]),
  ofOneClass.map((password): [string, string] => [password, oneClass]),
  withOneMore.map((password): [string, string] => [password, notPrintable]),
);

it("a password that breaks one rule gets only that rule as a problem", () =>
  holds("brokenRules", broken, ([password, rule]) => expect(problems(password)).toEqual([rule])));

it("any text gets exactly the rules that it breaks as problems", () =>
  holds("anyPasswords", anyText, (password) => {
    const isBlank = password.trim() === "";
    const expected = isBlank ? [password === "" ? empty : blank] : rulesBrokenBy(password);
    // Pulumi's mark of an unknown value is not a password, and never invalid.
    if (password !== "04da6b54-80e4-46f7-96ec-b56ff0331ba9") expect(problems(password)).toEqual(expected);
  }));

const rulesBrokenBy = (password: string): string[] => [
  ...(password.length < 8 ? [tooShort] : []),
  ...(password.length > 64 ? [tooLong] : []),
  ...(password.startsWith("/") ? [slash] : []),
  ...(classesIn(password) < 2 ? [oneClass] : []),
  ...(/^[!-~]*$/.test(password) ? [] : [notPrintable]),
];
