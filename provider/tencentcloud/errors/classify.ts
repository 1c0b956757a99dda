import { type RefusalKind, type Verdict, findApiError } from "./apiErrors";
import { type TransportError, isApiError, isTransportError } from "./errors";

/** What a failure means, for another attempt and for what was asked for. */
export interface Classification {
  readonly verdict: Verdict;
  /** Whether the request may have been carried out all the same. */
  readonly mayBeDone: boolean;
}

/** Classifies a failed request. An error of any other kind is final: nothing was sent. */
export function classify(error: unknown): Classification {
  if (isTransportError(error)) return outcomes[error.outcome];
  const verdict = (isApiError(error) ? findApiError(error.code)?.verdict : undefined) ?? "final";
  return { verdict, mayBeDone: verdict === "ambiguous" };
}

/** Returns what a refusal of the service is about, where the table of codes says so. */
export const refusalKind = (error: unknown): RefusalKind | undefined =>
  isApiError(error) ? findApiError(error.code)?.kind : undefined;

/** What it means how far a request came. Before its first byte was sent, nothing can have been carried out. */
const outcomes: Readonly<Record<TransportError["outcome"], Classification>> = {
  // No connection: the network, a proxy or this machine may do better the next time.
  unreachable: { verdict: "transient", mayBeDone: false },
  // No connection: a certificate or a proxy's password is wrong.
  refused: { verdict: "final", mayBeDone: false },
  // Sent, and not answered.
  lost: { verdict: "ambiguous", mayBeDone: true },
  // Answered by something that is not this API, or by a part of an answer: the next attempt may well be answered alike.
  unusable: { verdict: "final", mayBeDone: true },
};
