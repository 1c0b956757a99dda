import { sentence } from "./withoutStack";
import type { Fingerprint } from "./fingerprint";
import type { CheckedInputs } from "./inputs";

/** The version of what is recorded. */
export const stateVersion = 1;

/** What is known of a reset, or of an adoption: the service's own times and numbers, to compare with its others. */
export interface Baseline {
  /** The task of the reset. Absent after an adoption, and where the service gave none. */
  readonly taskId?: number;
  /** When that task began. In older states, after an adoption: when the last reset before it did. */
  readonly taskStartTime?: string;
  /** When that task had ended; without a task, when the service says that the password was last set. */
  readonly passwordTime?: string;
  /** The newest of the instance's tasks that had ended by then, no matter who asked for it; 0 if there was none. */
  readonly newestTaskId?: number;
}

/** The outputs, as the state holds them: a contract with every state ever written, described in docs/state.md. */
export interface State extends Baseline {
  readonly stateVersion: number;
  readonly instanceId: string;
  readonly region: string;
  /** Whose password it is. Absent for the instance's default account, the only one so far. */
  readonly account?: string;
  readonly triggers: Readonly<Record<string, string>>;
  /** Of the password that the last reset has sent, or that was adopted. Absent after an import, until there is one. */
  readonly passwordFingerprint?: Fingerprint;
  /**
   * - `pending`: the last reset was accepted, its task had not ended yet.
   * - `failed`: which password is set is not known.
   * - `drifted`: a refresh has found that another password is set, or none.
   */
  readonly status: "done" | "pending" | "failed" | "drifted";
  /** Why the status is `failed` or `drifted`: a sentence. */
  readonly reason?: string;
  /** An adoption that nothing has proved: the instance may have another password. */
  readonly unproven?: true;
  /** What could not be looked up when the reset or adoption ended: a refresh looks it up. */
  readonly unchecked?: true;
  /** The credentials profile that was used, for a refresh to use too. */
  readonly profile?: string;
  /** The Tencent Cloud account that the instance belongs to, where it could be asked for. */
  readonly ownerAccountId?: string;
  // Of the last reset: an adoption has neither.
  readonly requestId?: string;
  /** When the service accepted the reset, by its clock: ISO 8601, UTC. */
  readonly resetAt?: string;
}

/** After a reset that the service has accepted. */
export type ResetState = State & Required<Pick<State, "requestId" | "resetAt">>;

/** While the task of such a reset has not ended. */
export type PendingState = ResetState & { readonly taskId: number };

/** Whether the last reset can be waited for: one without a task cannot. */
export const isPending = (state: State): state is PendingState =>
  state.status === "pending" && state.taskId !== undefined;

/** @throws Error when a newer version of this package has written the state: it may mean what this one cannot know */
export function requireKnownState({ instanceId, stateVersion: written }: State): void {
  // Not the other way round: a state without a version is none of a newer one.
  if (!(written > stateVersion)) return;
  throw sentence(
    `${instanceId}: the state is one of version ${written}, which this version of pulumi-tencentcloud-redis does not ` +
      "know: install the newer one that wrote it",
  );
}

/** Returns why the recorded password may not be the one that is set. */
export const doubtReason = ({ reason = "the last reset may not have been carried out" }: State): string => reason;

/** Returns what is recorded of the inputs, in any case. */
export const recordInputs = ({
  instanceId,
  region,
  triggers = {},
  profile,
  password,
}: CheckedInputs): Omit<State, "status"> => ({
  stateVersion,
  instanceId,
  region,
  triggers,
  passwordFingerprint: password,
  ...(profile !== undefined && { profile }),
});
