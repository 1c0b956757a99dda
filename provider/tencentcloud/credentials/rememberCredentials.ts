import { CredentialsError } from "../errors/errors";
import { type Clock, systemClock } from "../retry/clock";
import { type Deadline, lastAttemptMs, within } from "../retry/deadline";
import { failureOf, retryDelayMs } from "../retry/retry";
import type { Credentials } from "../transport/signature";

/**
 * The credentials for the next request.
 *
 * @param deadline nobody waits for them any longer
 * @param onRetry called after each failure that passes: they are asked for again
 */
export type CredentialsProvider = (deadline: Deadline, onRetry?: (error: unknown) => void) => Promise<Credentials>;

type Ask = () => Promise<Credentials>;

/** Temporary credentials are renewed so long before they end. */
const renewalMs = 10 * 60_000;

/**
 * A provider that asks once, however many wait for the answer, and again when what it has is about to end. A failure
 * is not remembered: whoever comes next asks anew.
 *
 * @param ask looks through the sources, which only read or issue keys: it may be repeated
 */
export function rememberCredentials(ask: Ask, clock: Clock = systemClock): CredentialsProvider {
  const now = () => clock.epochMs();
  let known: Credentials | undefined;
  let renewAt = Infinity;
  let search: Search | undefined;

  const askOrKeep = async (): Promise<Credentials> => {
    known = await ask().catch((error: unknown) => {
      // A key that still counts is better than none. It is renewed at half of what is left.
      if (known?.expiresAt !== undefined && known.expiresAt > now()) return known;
      throw error;
    });
    const { expiresAt = Infinity } = known;
    // A key that lives for less than that is used for half of its time.
    renewAt = Math.max(expiresAt - renewalMs, now() + (expiresAt - now()) / 2);
    return known;
  };

  return (deadline, onRetry) => {
    if (known && now() < renewAt) return Promise.resolve(known);
    search ??= new Search(askOrKeep, clock, () => (search = undefined));
    return search.join({ deadline, onRetry });
  };
}

/** Someone who waits for credentials. */
interface Waiting {
  readonly deadline: Deadline;
  readonly onRetry: ((error: unknown) => void) | undefined;
}

/** Asks for credentials until it has them, for as long as one of those who wait has time for another attempt. */
class Search {
  private waiting: readonly Waiting[] = [];
  private lastError: Error = new CredentialsError("No Tencent Cloud credentials have come in time");
  private readonly result: Promise<Credentials>;

  /** @param end called when the search is over: whoever comes then begins another one */
  constructor(
    private readonly ask: Ask,
    private readonly clock: Clock,
    end: () => void,
  ) {
    this.result = this.run().finally(end);
  }

  /** Waits for the result until one's own deadline, however much longer others wait. */
  join(waiting: Waiting): Promise<Credentials> {
    this.waiting = [...this.waiting, waiting];
    return within(waiting.deadline, this.result, () => this.lastError);
  }

  private async run(): Promise<Credentials> {
    for (let failures = 0; ; failures++) {
      try {
        return await this.ask();
      } catch (error) {
        this.lastError = error as Error;
        this.waiting = this.waiting.filter(({ deadline }) => deadline.remainingMs() >= lastAttemptMs);
        if (!passes(error) || this.waiting.length === 0) throw error;
        for (const { onRetry } of this.waiting) onRetry?.(error);
        // Whoever has least time left is to see another attempt, too.
        const remainingMs = Math.min(...this.waiting.map(({ deadline }) => deadline.remainingMs()));
        await this.clock.sleep(Math.min(retryDelayMs(failures, Math.random()), remainingMs / 2));
      }
    }
  }
}

/** A source that is broken tells what broke it as the cause. */
const passes = (error: unknown): boolean => failureOf((error as Error).cause) !== "final";
