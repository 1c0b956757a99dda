import { isDeepStrictEqual } from "node:util";

import type { Fingerprint } from "./fingerprint";
import type { CheckedInputs } from "./inputs";

/** The version of the recorded format. */
export const stateVersion = 1;

/** What is known of a reset or an adoption: times and ids from the service, which later ones are compared with. */
export interface Baseline {
  /** The service's task of the last reset, a number. Absent after an adoption, or if the service gave none. */
  readonly taskId?: number;
  /**
   * When that task began, in the service's format. States from before the first release may have it after an adoption,
   * too.
   */
  readonly taskStartTime?: string;
  /** When that task ended; without a task, the time that the service shows for the password. */
  readonly passwordTime?: string;
  /** The newest task of the instance that had ended by then, or 0. A newer task that sets the password is drift. */
  readonly newestTaskId?: number;
}

type Triggers = Readonly<Record<string, string>>;

/** The outputs, as the state holds them: a contract with every state ever written, described in docs/state.md. */
export interface State extends Baseline {
  /** The version of this contract: 1. */
  readonly stateVersion: number;
  /** As given. */
  readonly instanceId: string;
  /** As given, or from the config. */
  readonly region: string;
  /** As given. Absent for the instance's default account. */
  readonly account?: string;
  /** The triggers with which the password was last set or adopted. Empty until then. */
  readonly triggers: Triggers;
  /** The triggers of a later reset that has not succeeded, or not yet. Secret. Absent if they are the same. */
  readonly sentTriggers?: Triggers;
  /**
   * Secret: a scrypt hash of the password that the service last accepted or that was adopted; before the first, of the one
   * that was sent. Absent after an import, until the next `up`.
   */
  readonly passwordFingerprint?: Fingerprint;
  /**
   * `done`, `pending`, `failed` or `drifted`.
   *
   * - `pending`: the last reset was accepted, and not completed.
   * - `failed`: which password is set is not known.
   * - `drifted`: a refresh has found that another password is set, or none.
   */
  readonly status: "done" | "pending" | "failed" | "drifted";
  /** Why the status is `failed` or `drifted`, as text. */
  readonly reason?: string;
  /** `true` if the status is `drifted` because password-free mode is on: the next reset may then have no task. */
  readonly isPasswordFree?: true;
  /** `true` after an adoption without proof: the instance may have another password. */
  readonly unproven?: true;
  /** `true` if a read failed when the reset or adoption ended: the next refresh repeats it. */
  readonly unchecked?: true;
  /** As given, so that a refresh uses the same credentials. */
  readonly profile?: string;
  /**
   * The Tencent Cloud account (UIN) that the instance belongs to, if known. A refresh removes a missing instance only with
   * credentials of this account.
   */
  readonly ownerAccountId?: string;
  /** The service's id of the request of the last reset. Absent after an adoption. */
  readonly requestId?: string;
  /** When the service accepted that request, by its clock: ISO 8601, UTC. Absent after an adoption. */
  readonly resetAt?: string;
}

/** The state after the service has accepted a reset. */
export type ResetState = State & Required<Pick<State, "requestId" | "resetAt">>;

/** The state of an accepted reset whose task is waited for, or whose password is not verified yet. */
export type PendingState = ResetState & { readonly taskId: number };

/** Whether the last reset can be waited for, which needs a task. */
export const isPending = (state: State): state is PendingState =>
  state.status === "pending" && typeof state.taskId === "number";

/** @throws Error if a newer version of this package has written the state: this one may not understand it */
export function requireKnownState({ instanceId, stateVersion: written }: State): void {
  // Not `<=`: a state without a version is not from a newer version of the package.
  if (!(written > stateVersion)) return;
  throw new Error(
    `${instanceId}: the state is one of version ${written}, which this version of pulumi-tencentcloud-redis does not ` +
      "know: install the newer one that wrote it",
  );
}

/** Returns why the recorded password may not be the one that is set. */
export const doubtReason = ({ reason = "the last reset may not have been carried out" }: State): string => reason;

/** Returns the inputs that are recorded with every reset and adoption. */
export const recordInputs = ({
  instanceId,
  region,
  account,
  triggers = {},
  profile,
  password,
}: CheckedInputs): Omit<State, "status"> => ({
  stateVersion,
  instanceId,
  region,
  ...(account !== undefined && { account }),
  triggers,
  passwordFingerprint: password,
  ...(profile !== undefined && { profile }),
});

/** Returns the inputs that are recorded when a reset is sent. */
export function recordSent(inputs: CheckedInputs, olds?: Pick<State, "triggers">): Omit<State, "status"> {
  const { triggers, ...others } = recordInputs(inputs);
  return { ...others, ...withTriggers(olds?.triggers ?? {}, triggers) };
}

/** Returns the triggers of the last successful reset, and those of the last one that was sent, if they differ. */
export const withTriggers = (triggers: Triggers, sentTriggers: Triggers): Pick<State, "triggers" | "sentTriggers"> => ({
  triggers,
  ...(!isDeepStrictEqual(triggers, sentTriggers) && { sentTriggers }),
});

/** Returns the triggers of the last reset that was sent, successful or not. */
export const lastSentTriggers = ({ triggers, sentTriggers }: State): Triggers => sentTriggers ?? triggers;

/** Whether the resource was imported, and no `up` has adopted it yet: there is no password to compare. */
export const isImported = ({ passwordFingerprint, status }: State): boolean =>
  passwordFingerprint === undefined && status === "done";

/** Returns the state of a resource whose last reset has set the password. */
export function asSet(state: State): State {
  const { sentTriggers, ...others } = state;
  return sentTriggers === undefined ? state : { ...others, triggers: sentTriggers };
}

/** Returns the state of a resource whose instance has another password, or none. */
export const asDrifted = (state: State, reason: string, { isPasswordFree }: Pick<State, "isPasswordFree">): State => ({
  ...state,
  status: "drifted",
  reason,
  ...(isPasswordFree && { isPasswordFree }),
});

/** Returns a state in which it is not known which password is set: the next `up` sends the password again. */
export function inDoubt(state: State, reason: string): State {
  const doubtful = { ...state, status: "failed" as const, reason };
  // Belongs to the reason that is replaced.
  delete doubtful.isPasswordFree;
  return doubtful;
}

/** Adds the owner to a state, if it is known. */
export const withOwner = (state: State, ownerAccountId: string | undefined): State =>
  ownerAccountId === undefined ? state : { ...state, ownerAccountId };
