import { classify } from "../errors/classify";
import { CredentialsError } from "../errors/errors";
import { type Clock, systemClock } from "../retry/clock";
import { type Deadline, lastAttemptMs, within } from "../retry/deadline";
import { retry } from "../retry/retry";
import type { Credentials } from "../transport/signature";

/**
 * The credentials for the next request.
 *
 * @param deadline when the caller stops waiting for them
 * @param onRetry called after each failure that is retried
 */
export type CredentialsProvider = (deadline: Deadline, onRetry?: (error: unknown) => void) => Promise<Credentials>;

type Ask = () => Promise<Credentials>;

/** Temporary credentials are renewed this long before they expire. */
const renewalMs = 10 * 60_000;

/**
 * Returns a provider that asks once for all callers that wait at the same time, and again when the credentials are about
 * to expire. A failure is not remembered: the next caller asks again.
 *
 * @param ask looks through the sources, which only read or issue keys, so it may be repeated
 */
export function rememberCredentials(ask: Ask, clock: Clock = systemClock): CredentialsProvider {
  const now = () => clock.epochMs();
  let known: Credentials | undefined;
  let renewAt = Infinity;
  let search: Search | undefined;

  const askOrKeep = async (): Promise<Credentials> => {
    const found: Credentials = await ask().catch((error: unknown) => {
      // A key that is still valid is better than none. It is renewed after half of the time that is left.
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

/** Asks for credentials until it has them, as long as any of the waiters has time for another attempt. */
class Search {
  private readonly waiters: Waiter[] = [];
  private lastError: Error = new CredentialsError("No Tencent Cloud credentials have come in time");
  private readonly result: Promise<Credentials>;

  /** @param end called when the search is over: the next caller begins another one */
  constructor(
    private readonly ask: Ask,
    private readonly clock: Clock,
    end: () => void,
  ) {
    this.result = this.run().finally(end);
  }

  /** Waits for the result until the waiter's own deadline, however much longer others wait. */
  join(waiter: Waiter): Promise<Credentials> {
    this.waiters.push(waiter);
    return within(waiter.deadline, this.result, () => this.lastError);
  }

  private run(): Promise<Credentials> {
    return retry(() => this.attempt(), {
      deadline: { clock: this.clock, remainingMs: () => this.leastRemainingMs() },
      // A broken source throws an error with the failed request as its cause.
      classify: (error) => classify((error as Error).cause).verdict,
      onRetry: (error) => {
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

  /** Returns the least time that a waiter has left: it, too, gets another attempt after the pause. */
  private leastRemainingMs(): number {
    const remaining = this.inTime().map(({ deadline }) => deadline.remainingMs());
    return remaining.length === 0 ? 0 : Math.min(...remaining);
  }
}
