import type { Baseline } from "./drift";
import type { Inputs } from "./inputs";

/** The outputs, as the state holds them: a contract with every state ever written. */
export interface State extends Baseline {
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

/** The id of the resource in Pulumi. */
export const idOf = ({ region, instanceId }: Pick<Inputs, "region" | "instanceId">): string =>
  `${region}/${instanceId}`;

/** Pulumi shows the standard output of this process as information. */
export const say = ({ instanceId }: Pick<Inputs, "instanceId">, text: string): void =>
  console.log(`${instanceId}: ${text}`);
