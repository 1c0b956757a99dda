/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- what the compiler refuses, the linter does too */
import path from "node:path";

import ts from "typescript";

import type { Fingerprint, fingerprint, matches } from "../../../../provider/resource/contract/fingerprint";
import type { CheckedInputs, Inputs } from "../../../../provider/resource/contract/inputs";
import type { PasswordStore } from "../../../../provider/resource/session/passwordStore";
import type { State } from "../../../../provider/resource/contract/state";
import type { verifyPassword } from "../../../../provider/resource/verify/verifyPassword";
import type { resetPassword } from "../../../../provider/tencentcloud/redis/resetPassword";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import type { CheckOutcome } from "../../../../provider/resource/check";

declare const checked: CheckedInputs;
declare const given: Inputs;
declare const client: Parameters<typeof resetPassword>[0];
declare const deadline: Parameters<typeof resetPassword>[2];
declare const address: Parameters<typeof verifyPassword>[0];
declare const redactor: Parameters<typeof verifyPassword>[3];
declare const hash: typeof fingerprint;
declare const compare: typeof matches;
declare const reset: typeof resetPassword;
declare const verify: typeof verifyPassword;
declare const passwords: PasswordStore;
declare const password: Secret;
declare const text: string;
declare const recorded: Fingerprint;

/** Never run. Each line of {@link refused} differs from one of these in the value of the password only. */
export const accepted = [
  () => reset(client, { instanceId: checked.instanceId, password }, deadline),
  () => client({ action: "ResetPassword", parameters: { Password: password }, deadline }),
  () => client({ action: "ResetPassword", parameters: { Password: [text] }, deadline }),
  (): Inputs => given,
  (): CheckedInputs => ({ ...checked, password: recorded }),
  (): CheckOutcome => ({ inputs: { ...checked, password: recorded } }),
  () => verify(address, { account: "reader", password }, 1000, redactor),
  () => new Secret(given.password),
  () => hash(password, checked),
  () => compare(password, checked, recorded),
  () => passwords.remember(password, recorded),
  () => passwords.recall(recorded),
  (): Partial<State> => ({ passwordFingerprint: recorded }),
  (): string => recorded,
];

/** Never run: where the compiler accepts one of them, the comment above it is an error. */
export const refused = [
  // @ts-expect-error -- a fingerprint is not sent as a password
  () => reset(client, { instanceId: checked.instanceId, password: recorded }, deadline),
  // @ts-expect-error -- nor as a parameter of a call
  () => client({ action: "ResetPassword", parameters: { Password: recorded }, deadline }),
  // @ts-expect-error -- nor in a list of them
  () => client({ action: "ResetPassword", parameters: { Password: [recorded] }, deadline }),
  // @ts-expect-error -- nor taken for what a program gives
  (): Inputs => ({ ...checked, password: recorded }),
  // @ts-expect-error -- check records a fingerprint
  (): CheckOutcome => ({ inputs: { ...checked, password: undefined } }),
  // @ts-expect-error -- and no text of a program
  (): CheckOutcome => ({ inputs: { ...checked, password: given.password } }),
  // @ts-expect-error -- a fingerprint is not tried as a password
  () => verify(address, { account: "reader", password: recorded }, 1000, redactor),
  // @ts-expect-error -- nor made a secret of
  () => new Secret(recorded),
  // @ts-expect-error -- nor hashed once more
  () => hash(recorded, checked),
  // @ts-expect-error -- nor compared as one
  () => compare(recorded, checked, recorded),
  // @ts-expect-error -- nor is a program's password compared as a fingerprint
  () => compare(password, checked, given.password),
  // @ts-expect-error -- nor remembered as one
  () => passwords.remember(recorded, recorded),
  // @ts-expect-error -- a password is not recorded
  (): Partial<State> => ({ passwordFingerprint: password }),
  // @ts-expect-error -- nor is the text of one, as a program gives it
  (): Partial<State> => ({ passwordFingerprint: given.password }),
  // @ts-expect-error -- what a program gives was not checked
  (): CheckedInputs => ({ ...checked, password: given.password }),
  // @ts-expect-error -- a password is looked up by what was recorded for it
  () => passwords.recall(given.password),
  // @ts-expect-error -- a password is no text
  (): string => password,
];

it("the compiler keeps fingerprints and passwords apart", () => {
  // Jest compiles each file by itself, without checking types.
  const root = path.resolve(__dirname, "../../../..");
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { noEmit: true });
  const program = ts.createProgram([__filename], options);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(__filename));
  expect(problems.map(({ messageText }) => messageText)).toEqual([]);
});
