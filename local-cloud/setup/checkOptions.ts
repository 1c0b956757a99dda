import { z } from "zod";

import { parseFault } from "../faults/parseFault";
import { privileges, readonlyPolicies } from "../model/accounts";
import { ownAccountId } from "../model/caller";
import { accountNameRule, isAccountName } from "../protocol/accountName";
import type { LocalCloudOptions } from "./options";
import { OptionsError } from "./optionsError";

const day = 86_400;
const region = z.string().regex(/^[a-z]+(-[a-z0-9]+)+$/, "must be a region such as ap-guangzhou");
const key = z.string().regex(/^[\x21-\x7e]+$/, "must be printable characters without white space");
/** No slash either, which would end the id in the Authorization header. */
const id = z.string().regex(/^[\x21-\x2e\x30-\x7e]+$/, "must be printable characters without white space or a slash");
const hours = "must be a number of hours, from -12 to 14";
const seconds = `must be a number of seconds, from 0 to ${day}`;

const fault = z.string().superRefine((text, context) => {
  try {
    parseFault(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
  }
});

const accountPassword = z.string("must be a string").min(1, "must not be empty: only root can be password-free");
const policy = `must be a list of ${readonlyPolicies.join(", ")} or both`;

/** Accepts a password, or an object with these options only. An unknown option is not shown: it could be a password. */
const passwordOr = <Shape extends z.ZodRawShape>(options: Shape) =>
  z.preprocess(
    (given) => (typeof given === "string" ? { password: given } : (given ?? {})),
    z.strictObject(options, {
      error: ({ code }) =>
        code === "unrecognized_keys"
          ? `has an unknown option; the options are ${Object.keys(options).join(", ")}`
          : "must be a password or an object",
    }),
  );

const passwordTime = z.enum(["kept", "stays", "empty"], "must be kept, stays or empty");

const account = passwordOr({
  password: accountPassword.optional(),
  privilege: z.enum(privileges, `must be one of ${privileges.join(", ")}`).optional(),
  readonlyPolicy: z.array(z.enum(readonlyPolicies, policy), policy).min(1, policy).optional(),
  remark: z.string("must be a string").optional(),
  passwordTime: passwordTime.optional(),
});

const instance = passwordOr({
  password: z.string("must be a string").optional(),
  region: z.string("must be a string").optional(),
  passwordTime: passwordTime.optional(),
  accounts: z.record(z.string().refine(isAccountName, accountNameRule), account, "must be an object").optional(),
});

const instanceId = z.string().regex(/^crs-[0-9a-z]+$/, "an id must look like crs-5a4py64p");

const isOther = (accountId: string): boolean => accountId !== ownAccountId;

/** Validates the options whose errors would otherwise show late or never. */
const schema = z.looseObject({
  port: z.int("must be a whole number").min(0, "must be 0 or more").max(65_535, "must be 65535 or less").optional(),
  instances: z.record(instanceId, instance).optional(),
  region: z.union([region, z.array(region).min(1)], "must be a region such as ap-guangzhou, or several").optional(),
  secretId: id.optional(),
  secretKey: key.optional(),
  otherAccount: z
    .object({
      accountId: z.string().regex(/^\d+$/, "must be digits").refine(isOther, "must not be this cloud's own account"),
      secretId: id,
      secretKey: key,
    })
    .optional(),
  taskSeconds: z.number(seconds).min(0, seconds).max(day, seconds).optional(),
  temporaryKeySeconds: z.number(seconds).min(0, seconds).max(day, seconds).optional(),
  requestsPerSecond: z.int("must be a whole number").min(1, "must be 1 or more").optional(),
  faults: z.array(fault).optional(),
  timeZoneHours: z.number(hours).min(-12, hours).max(14, hours).optional(),
  passwordTime: passwordTime.optional(),
  now: z.custom((value) => typeof value === "function", "must be a function").optional(),
});

/** @throws OptionsError with every invalid option, but none of the values */
export function checkOptions(options: object): void {
  const { error } = schema.safeParse(options);
  if (!error) return;
  const problems = error.issues.map((issue) => {
    const [option, ...path] = issue.path.map(String);
    const isKey = issue.code === "invalid_key";
    const { message } = isKey ? (issue.issues[0] ?? issue) : issue;
    return {
      option: option as keyof LocalCloudOptions,
      // An invalid key is not shown: it could be a password.
      path: isKey ? path.slice(0, -1) : path,
      reason: message.replace(/\s+/g, " "),
    };
  });
  throw new OptionsError(problems);
}
