import { type AccountIdentity, formatId } from "./accountIdentity";

/**
 * Changes of one instance run one after another: a task does not name its account, so of two at once, each would have to
 * rule out that the other one has set its password.
 */
export class Turns {
  /** The end of the last change of each instance that has one. */
  private readonly last = new Map<string, Promise<void>>();

  /**
   * Carries out a change of an account once all earlier ones of its instance have ended, however they ended.
   *
   * @param onWait called if there is one to wait for
   */
  take<T>({ region, instanceId }: AccountIdentity, onWait: () => void, change: () => Promise<T>): Promise<T> {
    const key = formatId({ region, instanceId });
    const before = this.last.get(key);
    if (before) onWait();
    const changed = (before ?? Promise.resolve()).then(change);
    const end = (): void => {
      if (this.last.get(key) === ended) this.last.delete(key);
    };
    const ended = changed.then(end, end);
    this.last.set(key, ended);
    return changed;
  }
}
