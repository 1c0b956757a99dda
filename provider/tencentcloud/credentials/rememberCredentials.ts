import { classify } from "../errors/classify";
import { CanceledError, CredentialsError, wasNotSent } from "../errors/errors";
import type { Clock } from "../retry/clock";
import { type Deadline, lastAttemptMs, within } from "../retry/deadline";
import { retry } from "../retry/retry";
import type { Credentials } from "../transport/signature";

/**
 * Returns the credentials for the next request.
 *
 * @param deadline when the caller stops waiting for them
 * @param onRetry called after each failure that is retried
 */
export type CredentialsProvider = (deadline: Deadline, onRetry?: (error: unknown) => void) => Promise<Credentials>;

type Ask = () => Promise<Credentials>;

/** Temporary credentials are renewed this long before they expire. */
const renewalMs = 10 * 60_000;

/**
 * Returns a provider that fetches credentials once for all concurrent callers, and again when they are about to expire.
 * A failure is not cached: the next caller tries again.
 *
 * @param ask searches the sources, which only read or issue keys, so it may be repeated
 */
export function rememberCredentials(ask: Ask, clock: Clock): CredentialsProvider {
  const now = () => clock.epochMs();
  let known: Credentials | undefined;
  let renewAt = Infinity;
  let search: Search | undefined;

  const askOrKeep = async (): Promise<Credentials> => {
    const found: Credentials = await ask().catch((error: unknown) => {
      // A key that is still valid is better than none. It is renewed after half of the remaining time.
      if (known?.expiresAt !== undefined && known.expiresAt > now()) return known;
      throw error;
    });
    known = { ...found, firstSecretId: known?.firstSecretId ?? found.secretId };
    const { expiresAt = Infinity } = known;
    // A key that is valid for less than that is used for half of its time.
    renewAt = Math.max(expiresAt - renewalMs, now() + (expiresAt - now()) / 2);
    return known;
  };

  return (deadline, onRetry) => {
    if (known && now() < renewAt) return Promise.resolve(known);
    search ??= new Search(askOrKeep, clock, () => (search = undefined));
    return search.join({ deadline, onRetry });
  };
}

/** A caller that waits for credentials. */
interface Waiter {
  readonly deadline: Deadline;
  readonly onRetry: ((error: unknown) => void) | undefined;
}

/** Requests credentials until it has them, as long as at least one waiter has time for another attempt. */
class Search {
  private readonly waiters: Waiter[] = [];
  private lastError: Error = new CredentialsError(
    "Timed out waiting for Tencent Cloud credentials: STS or the metadata service did not answer",
  );
  private readonly result: Promise<Credentials>;

  /** @param end called when the search has ended: the next caller starts another one */
  constructor(
    private readonly ask: Ask,
    private readonly clock: Clock,
    end: () => void,
  ) {
    this.result = this.run().finally(end);
  }

  /** Waits for the result until the waiter's own deadline, even if others wait longer. */
  join(waiter: Waiter): Promise<Credentials> {
    const { deadline } = waiter;
    this.waiters.push(waiter);
    const late = () => (deadline.clock.isCanceled?.() ? new CanceledError(wasNotSent("The request")) : this.lastError);
    return within(deadline, this.result, late);
  }

  private run(): Promise<Credentials> {
    return retry(() => this.attempt(), {
      deadline: { clock: this.clock, remainingMs: () => this.leastRemainingMs() },
      // A broken source throws an error whose cause is the failed request.
      classify: (error) => classify((error as Error).cause).verdict,
      beforeRetry: (error) => {
        for (const { onRetry } of this.inTime()) onRetry?.(error);
      },
    });
  }

  private async attempt(): Promise<Credentials> {
    try {
      return await this.ask();
    } catch (error) {
      this.lastError = error as Error;
      throw error;
    }
  }

  /** Returns the waiters that have time for another attempt. */
  private inTime(): Waiter[] {
    return this.waiters.filter(({ deadline }) => deadline.remainingMs() >= lastAttemptMs);
  }

  /** Returns the least time that any waiter has left: that waiter, too, gets another attempt after the pause. */
  private leastRemainingMs(): number {
    const remaining = this.inTime().map(({ deadline }) => deadline.remainingMs());
    return remaining.length === 0 ? 0 : Math.min(...remaining);
  }
}
