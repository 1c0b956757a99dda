import { type RefusalKind, type Verdict, findApiError } from "./apiErrors";
import { type TransportError, isApiError, isTransportError } from "./errors";

/** What a failure means, for a retry and for the request. */
export interface Classification {
  readonly verdict: Verdict;
  /** Whether the request may have been carried out despite the failure. */
  readonly mayBeDone: boolean;
}

/** Classifies a failed request. Any other error is final, and says nothing about a request. */
export function classify(error: unknown): Classification {
  if (isTransportError(error)) return outcomes[error.outcome];
  const verdict = (isApiError(error) ? findApiError(error.code)?.verdict : undefined) ?? "final";
  return { verdict, mayBeDone: verdict === "ambiguous" };
}

/** Returns what a refusal of the service is about, if the table of codes says so. */
export const refusalKind = (error: unknown): RefusalKind | undefined =>
  isApiError(error) ? findApiError(error.code)?.kind : undefined;

/** The meaning of how far a request came. Before its first byte was sent, it cannot have been carried out. */
const outcomes: Readonly<Record<TransportError["outcome"], Classification>> = {
  // No connection: the network, a proxy or this machine may recover.
  unreachable: { verdict: "transient", mayBeDone: false },
  // No connection: a certificate or a proxy's password is wrong.
  refused: { verdict: "final", mayBeDone: false },
  // Sent, and not answered, or only with an HTTP server error.
  lost: { verdict: "ambiguous", mayBeDone: true },
  // The response is incomplete or not from this API. The next one would probably be the same.
  unusable: { verdict: "final", mayBeDone: true },
};
