import { type AccountIdentity, formatId } from "../contract/accountIdentity";

/**
 * Runs the changes of one instance one after another. A task does not name its account, so two changes at once would
 * each have to rule out that the other one has set its password.
 */
export class Turns {
  /** For each instance with a change, the end of its last one. */
  private readonly last = new Map<string, Promise<void>>();

  /**
   * Runs a change of an account once all earlier ones of its instance have ended, successfully or not.
   *
   * @param onWait called if the change has to wait
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
