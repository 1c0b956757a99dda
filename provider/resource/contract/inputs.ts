import { z } from "zod";

import { oneLine } from "../../tencentcloud/errors/terminalText";
import { passwordSchema, shortestPassword } from "./passwordRules";
import { Redactor } from "../../tencentcloud/secrets/redactor";
import { type PlainText, Secret } from "../../tencentcloud/secrets/secret";
import type { AccountIdentity } from "./accountIdentity";
import type { Fingerprint } from "./fingerprint";
import { verifyInput } from "./verifyInput";

/** Represents a value that a preview does not know yet. Defined by Pulumi's wire protocol. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The resource's inputs as a program sets them, known and valid. */
export type Inputs = Omit<z.infer<typeof inputsSchema>, "password"> & { readonly password: PlainText };

/** The inputs as check records them, and as all later methods get them. */
export type CheckedInputs = Omit<Inputs, "password"> & {
  /** Absent if a refresh compares an imported resource, which no check has seen. */
  readonly password?: Fingerprint;
};

/** Whether a preview does not know a value yet, whatever its type declares. */
export const isUnknown = (value: unknown): boolean => value === unknownValue;

/** Whether a preview knows which account is meant. */
export const isAccountKnown = ({ instanceId, region, account }: AccountIdentity): boolean =>
  ![instanceId, region, account].some(isUnknown);

/**
 * Returns all problems of the inputs at once, one sentence each, with the field and the rule. Values that a preview
 * does not know yet are skipped. No sentence quotes a value: it could be a password in the wrong field.
 */
export function findProblems(inputs: Record<string, unknown>): string[] {
  const { error } = inputsSchema.safeParse(inputs);
  // The name of a trigger, or of an unknown input, may be any text, including the password.
  const password = passwordIn(inputs);
  const redactor = new Redactor();
  if (password !== undefined) redactor.remember(new Secret(password));
  const formatPath = (path: readonly PropertyKey[]): string => oneLine(redactor.redactData(path.join(".")));
  const broken = (error?.issues ?? []).flatMap((issue) => {
    const [field] = issue.path;
    if (valueAt(inputs, issue.path) === unknownValue) return [];
    if (issue.code === "unrecognized_keys") {
      const rule = "is not an input of RedisInstancePassword";
      return issue.keys.map((key) => ({ place: formatPath([...issue.path, key]), rule }));
    }
    const claimed = inputs.account === undefined ? "instanceId" : "account";
    const place = field === "__conflict" ? claimed : formatPath(issue.path);
    return [{ place, rule: oneLine(redactor.redactData(issue.message)) }];
  });
  // A field that is already reported, or a part of it, is not reported twice.
  const reported = new Set(broken.map(({ place }) => place));
  const isReported = (path: readonly string[]) =>
    path.some((_, index) => reported.has(formatPath(path.slice(0, index + 1))));
  const paths = findPasswordPaths(redactor, inputs).filter((path) => !isReported(path));
  const held = paths.map((path) => ({
    place: formatPath(path),
    rule: "must not contain the password, since this input is recorded in plain text",
  }));
  return [...broken, ...held].map(({ place, rule }) => `${place}: ${rule}`);
}

/**
 * Returns the paths of all values other than `password` that contain the password, plain or encoded: they would be
 * recorded and shown.
 */
function findPasswordPaths(redactor: Redactor, inputs: Record<string, unknown>): string[][] {
  const holdsPassword = (text: string) => redactor.finds(text);
  const pathsIn = (value: unknown, path: string[]): string[][] => {
    if (typeof value !== "object" || value === null) return holdsPassword(String(value)) ? [path] : [];
    const names = Object.keys(value);
    if (names.some(holdsPassword)) return [path];
    return names.flatMap((name) => pathsIn(valueAt(value, [name]), [...path, name]));
  };
  return Object.entries(inputs).flatMap(([field, value]) => (notSearched.has(field) ? [] : pathsIn(value, [field])));
}

/** The password itself, and what the class adds. */
const notSearched: ReadonlySet<string> = new Set(["password", "__claim", "__conflict"]);

function passwordIn({ password }: Record<string, unknown>): string | undefined {
  const isKnown = typeof password === "string" && password !== unknownValue;
  return isKnown && password.length >= shortestPassword ? password : undefined;
}

/** Null means not set, as is usual in JavaScript programs, also inside a map or as the value of an output. */
export function withoutNulls<T extends object>(inputs: T): T {
  const set = Object.entries(inputs).filter(([, value]) => value !== null);
  return Object.fromEntries(
    set.map(([name, value]: [string, unknown]) => [name, isMap(value) ? withoutNulls(value) : value]),
  ) as T;
}

/** @param value not null */
const isMap = (value: unknown): value is object => typeof value === "object" && !Array.isArray(value);

const valueAt = (inputs: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => (Object(value) as Record<PropertyKey, unknown>)[key], inputs);

const instanceId = z
  .string("must be given, as the id of an instance such as crs-5a4py64p")
  .regex(/^crs-[0-9a-z]{1,60}$/, "must be the id of an instance such as crs-5a4py64p");

/** The pattern also ensures that a region is only ever one part of a host name. */
const region = z
  .string(
    "must be given: as an input, by `pulumi config set tencentcloud-redis:region <region>` or, with an explicit provider, as its region",
  )
  .regex(/^[a-z]+(-[a-z0-9]+)+$/, "must be a region such as ap-guangzhou");

/** How long to wait for a reset, in seconds, if the program sets no timeout. */
export const defaultTimeoutSeconds = 600;

/** A day: long enough for any task, and within the range of timers. */
export const longestTimeoutSeconds = 86_400;
const timeoutRule = `must be a number of seconds above 0, at most ${longestTimeoutSeconds}`;

const triggers = z.record(z.string(), z.string("must be a string"), "must be a map of strings");

/**
 * Set by the class if several resources of the program have the same account: their names. No other value is quoted.
 */
const conflict = z
  .undefined({
    error: ({ input }) =>
      areNames(input)
        ? `${input.map((name) => `"${name}"`).join(" and ")} set the password of the same account: keep one of them`
        : "must be the id of one instance",
  })
  .optional();

/** Set by a front end to tell the resources of a program apart; check removes it. */
const claim = z.union([z.number(), z.string()], "must not be given").optional();

const areNames = (input: unknown): input is string[] =>
  Array.isArray(input) && input.length > 1 && input.every((name) => typeof name === "string");

/** Ids separate the name with `/`, and logins with `@`. The service decides about all other characters. */
const account = z
  .string("must be a string")
  .regex(/^[^\s/@\p{C}]+$/u, "must be the name of an account, without white space, control characters, / and @");

/** The rules of all inputs. The schema of the provider plugin takes its types from them. */
export const inputsSchema = z.strictObject({
  instanceId,
  account: account.optional(),
  __conflict: conflict,
  __claim: claim,
  password: passwordSchema,
  region,
  triggers: triggers.optional(),
  onCreate: z.enum(["reset", "adopt"], 'must be "reset" or "adopt"').optional(),
  verify: verifyInput.optional(),
  profile: z
    .string("must be a string")
    .regex(/^[^/\\]+$/, "must be the name of a profile, without a slash")
    .optional(),
  timeoutSeconds: z.number(timeoutRule).gt(0, timeoutRule).max(longestTimeoutSeconds, timeoutRule).optional(),
});
