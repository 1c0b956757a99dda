import fc from "fast-check";

import { unknown } from "../../support/resource";

/** Part of every text that is a secret or could be one by mistake. No output may contain it. */
export const canary = "C4nary";

/** Includes lone surrogates. */
const anyCodeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

const controlCharacters = fc.string({
  unit: fc.constantFrom("\0", "\b", "\t", "\n", "\r", "\x1b[31m", "\x7f", "\x85"),
});

/** Any Unicode text, and texts with a special meaning. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string(),
  anyCodeUnits,
  controlCharacters,
  fc.constantFrom("", unknown, "fingerprint v1 abc", "fingerprint v99 abc", "__proto__", "\u2028", "\ud800", "\u202e"),
);

/** A text with the canary somewhere in it. */
export const secretText: fc.Arbitrary<string> = fc
  .tuple(anyText, anyText)
  .map(([before, after]) => `${before}${canary}${after}`);

/** Names of properties that no program should use. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "toJSON", "then", "length", ""),
  anyText,
);

/** An object with these own properties, including `__proto__`. */
export const objectWith = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .array(fc.tuple(oddName, value), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -0, 2 ** 53));

/** Any JSON value. All of its texts contain the canary. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
    secretText,
    fc.array(tie("value"), { maxLength: 4 }),
    objectWith(tie("value")),
  ),
})).value;

/** Any value that a program can pass. All of its texts contain the canary, or are the mark of an unknown value. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown[]>(undefined, null, true, false, unknown),
    anyNumber,
    secretText,
    fc.bigInt(),
    fc.constantFrom<unknown[]>(Symbol(canary), () => canary, new Date(0), new Date(NaN), /C4nary/, new Error(canary)),
    fc.array(tie("value"), { maxLength: 4 }),
    objectWith(tie("value")),
    objectWith(tie("value")).map((object) => Object.assign(Object.create(null) as object, object)),
    objectWith(tie("value")).map((object) => new Map(Object.entries(object))),
    fc.array(tie("value"), { maxLength: 4 }).map((list) => new Set(list)),
  ),
})).value;

/** `!` to `~`: the characters of passwords, keys and tokens. */
export const printable: fc.Arbitrary<string> = fc
  .integer({ min: 0x21, max: 0x7e })
  .map((code) => String.fromCharCode(code));

/** One of these characters. */
export const pickFrom = (characters: string): fc.Arbitrary<string> => fc.constantFrom(...Array.from(characters));

const classes = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
  "()~!@#$%^&*-+=_|{}[]:;<>,.?/",
] as const;

/** A character of class 0 to 3, the classes that the rule for passwords distinguishes. */
export const pickCharacter = (index: number): fc.Arbitrary<string> => pickFrom(classes[index] ?? "");

/** Returns the number of those classes in a text. */
export const classesIn = (text: string): number =>
  classes.filter((members) => Array.from(members).some((character) => text.includes(character))).length;

/** Any password that the rules permit, with 8 to 64 characters. */
export const validPassword: fc.Arbitrary<string> = fc
  .string({ unit: printable, minLength: 8, maxLength: 64 })
  .filter((text) => !text.startsWith("/") && classesIn(text) >= 2);

/** A key or a token that contains the canary, among characters that other encodings write differently. */
export const secretKey: fc.Arbitrary<string> = fc
  .tuple(fc.string({ unit: printable, maxLength: 20 }), fc.string({ unit: pickFrom(`"'\\/&<>%+!*()a`), maxLength: 6 }))
  .map(([before, after]) => `k${before}${canary}${after}`);

/** A valid password with the canary in it. */
export const secretPassword: fc.Arbitrary<string> = secretKey.map((key) => `${key}-pw`);
