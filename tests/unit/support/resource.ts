import { type Fingerprint, fingerprint } from "../../../provider/resource/contract/fingerprint";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { check, type diff } from "./handlers";
import { now } from "./clock";
import { requestId, startOfTask } from "./scriptedApi";

export type State = Parameters<typeof diff>[1] & { readonly __provider: string };
export type CheckedInputs = Parameters<typeof diff>[2] & { readonly __provider: string };

export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const region = "ap-guangzhou";
export const instanceId = "crs-5a4py64p";
export const id = "ap-guangzhou/crs-5a4py64p";

/**
 * The password that an earlier run has set. A run's process remembers the passwords that check has seen, so a test in
 * which this run has it, too, calls {@link checked} with it.
 */
export const oldPassword = "old-password-1";
export const newPassword = "new-password-2";

export const makeFingerprint = (password: string, account?: string): Fingerprint =>
  fingerprint(new Secret(password), { region, instanceId, account });

/** Returns the outputs of a resource whose reset has succeeded in an earlier run, with some changes. */
export const state = (changes: Partial<State> = {}): State => ({
  stateVersion: 1,
  instanceId,
  region,
  triggers: { month: "2026-01" },
  passwordFingerprint: makeFingerprint(oldPassword),
  taskId: 11111,
  requestId: "an-earlier-request",
  resetAt: "2026-01-01T00:00:00.000Z",
  status: "done",
  __provider: "the provider of an earlier run",
  ...changes,
});

/** Returns the outputs of a reset by this run that has succeeded, with some changes. */
export const afterReset = (password: string, changes: Partial<State> = {}) => ({
  ...pendingReset(password),
  taskStartTime: startOfTask,
  passwordTime: startOfTask,
  newestTaskId: 16657,
  status: "done",
  ...changes,
});

/** Returns the outputs of a reset by this run whose task is running, with some changes. */
export const pendingReset = (password: string, changes: Partial<State> = {}) => ({
  ...without(state(), "__provider"),
  passwordFingerprint: makeFingerprint(password),
  taskId: 16657,
  requestId,
  resetAt: now,
  newestTaskId: 0,
  status: "pending",
  ...changes,
});

/** The id and the outputs of a resource for this account. */
export const accountId = `${id}/app`;
export const accountState = (changes: Partial<State> = {}): State =>
  state({ account: "app", passwordFingerprint: makeFingerprint(oldPassword, "app"), ...changes });

/** The recorded outputs of a reset whose response was lost. */
export const inDoubt = { status: "failed", reason: "the last reset may not have been carried out" } as const;

/** Returns a program's inputs: those of {@link state}, with some changes. */
export const program = (changes: object = {}) => ({
  instanceId,
  region,
  password: oldPassword,
  triggers: { month: "2026-01" },
  // By the test clock, on which waiting takes no time. Responses have this much real time, even on a busy machine.
  timeoutSeconds: 60,
  __provider: "the provider",
  ...changes,
});

/** Returns the inputs after check, which gives this run the password. */
export const checked = (changes: object = {}): CheckedInputs => {
  const { log } = console;
  // Other tests cover the lines that check logs.
  console.log = () => {};
  const { inputs, failures = [] } = check({}, program(changes)) as { inputs: CheckedInputs; failures?: unknown[] };
  console.log = log;
  expect(failures).toEqual([]);
  return inputs;
};

/**
 * Returns the inputs with `ignoreChanges` on the password: Pulumi passes the recorded value, and this run never sees
 * the password.
 */
export const withoutPassword = (changes: object = {}): CheckedInputs => {
  const recorded = recordedWithoutCheck();
  return check(recorded, { ...recorded, ...changes }).inputs as CheckedInputs;
};

/** Returns the recorded inputs that Pulumi compares in a refresh, without a check. */
export const recordedWithoutCheck = (password = "known-to-no-run-3"): CheckedInputs => ({
  ...program(),
  password: makeFingerprint(password),
});

/** The state that belongs to {@link withoutPassword}. */
export const stateWithoutPassword = (changes: Partial<State> = {}): State =>
  state({ passwordFingerprint: makeFingerprint("known-to-no-run-3"), ...changes });

export function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const copy = { ...object };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- destructuring would leave an unused name
  delete copy[key];
  return copy;
}
