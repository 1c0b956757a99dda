import { type AccountIdentity, formatId } from "./accountIdentity";

/**
 * Changes of one instance run one after another: a task does not name its account, so of two at once, each would have to
 * rule out that the other one has set its password.
 */
export class Turns {
  /** The last change of each instance that was begun. */
  private readonly last = new Map<string, Promise<unknown>>();

  /** Carries out a change of an account once all earlier ones of its instance have ended, however they ended. */
  take<T>({ region, instanceId }: AccountIdentity, change: () => Promise<T>): Promise<T> {
    const key = formatId({ region, instanceId });
    const changed = (this.last.get(key) ?? Promise.resolve()).then(change);
    this.last.set(
      key,
      changed.catch(() => undefined),
    );
    return changed;
  }
}
