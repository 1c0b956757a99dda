import type { Baseline } from "./drift";
import { sentence } from "./errors";
import type { Inputs } from "./inputs";

/** The version of what is recorded. */
export const stateVersion = 1;

/** The outputs, as the state holds them: a contract with every state ever written, described in docs/state.md. */
export interface State extends Baseline {
  readonly stateVersion: number;
  readonly instanceId: string;
  readonly region: string;
  readonly triggers: Readonly<Record<string, string>>;
  /** Of the password that the last reset has sent, or that was adopted. */
  readonly passwordFingerprint: string;
  /**
   * - `pending`: the last reset was accepted, its task had not ended yet.
   * - `failed`: which password is set is not known.
   * - `drifted`: a refresh has found that another password is set, or none.
   */
  readonly status: "done" | "pending" | "failed" | "drifted";
  /** Why the status is `failed` or `drifted`: a sentence. */
  readonly reason?: string;
  /** The credentials profile that was used, for a refresh to use too. */
  readonly profile?: string;
  // Of the last reset: an adoption has none of these.
  readonly taskId?: number;
  readonly requestId?: string;
  /** When the service accepted the reset, by its clock: ISO 8601, UTC. */
  readonly resetAt?: string;
}

/** After a reset that the service has accepted. */
export type ResetState = State & Required<Pick<State, "taskId" | "requestId" | "resetAt">>;

/** Pulumi adds the serialised provider to what it hands over, and needs it back after a partial failure. */
export type WithProvider<T> = T & { readonly __provider: string };

/** @throws Error when a newer version of this package has written the state: it may mean what this one cannot know */
export function requireKnownState({ instanceId, stateVersion: written }: State): void {
  // Not the other way round: a state without a version is none of a newer one.
  if (!(written > stateVersion)) return;
  throw sentence(
    `${instanceId}: the state is one of version ${written}, which this version of pulumi-tencentcloud-redis does not ` +
      "know: install the newer one that wrote it",
  );
}

/** The id of the resource in Pulumi. */
export const idOf = ({ region, instanceId }: Pick<Inputs, "region" | "instanceId">): string =>
  `${region}/${instanceId}`;
