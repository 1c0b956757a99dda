import { z } from "zod";

/** The shortest password that the service accepts. */
export const shortestPassword = 8;

/** The longest password that every page of the service's documentation allows. */
export const surelyAcceptedLength = 32;

/** The rules of the input `password`. */
export const passwordSchema = z.string("must be given, as a string").superRefine((value, context) => {
  // Usually an environment variable or a secret that is not set: no other rule would help.
  if (value.trim() === "") {
    context.addIssue(value === "" ? "is empty" : "is blank: it holds white space only");
    return;
  }
  for (const [isBroken, message] of rules) if (isBroken(value)) context.addIssue(message);
});

/**
 * The rules that the service documents. Where its pages disagree, on the greatest length, the service decides.
 *
 * @see https://cloud.tencent.com/document/api/239/30003
 */
const rules: readonly (readonly [isBroken: (password: string) => boolean, rule: string])[] = [
  [(value) => value.length < shortestPassword, `must have at least ${shortestPassword} characters`],
  [(value) => value.length > 64, "must have at most 64 characters"],
  [(value) => value.startsWith("/"), "must not start with /"],
  [
    (value) => countClasses(value) < 2,
    "must mix at least two of lower case, upper case, digits and ()~!@#$%^&*-+=_|{}[]:;<>,.?/",
  ],
  [
    (value) => /[^\x21-\x7e]/.test(value),
    "must hold printable ASCII only, no white space (a line break at the end, as read from a file, is the usual cause)",
  ],
];

const characterClasses: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[()~!@#$%^&*\-+=_|{}[\]:;<>,.?/]/];

const countClasses = (value: string): number => characterClasses.filter((set) => set.test(value)).length;
