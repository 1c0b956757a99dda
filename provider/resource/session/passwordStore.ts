import type { Redactor } from "../../tencentcloud/secrets/redactor";
import type { Secret } from "../../tencentcloud/secrets/secret";
import type { Fingerprint } from "../contract/fingerprint";

/**
 * The passwords that check has accepted, by the fingerprint that it recorded for each. One Pulumi operation uses one
 * provider process, and check comes before create and update: they find the password here, and it is never recorded.
 */
export class PasswordStore {
  /** The value is undefined if check got the fingerprint itself instead of a password. */
  private readonly checked = new Map<Fingerprint, Secret | undefined>();

  /** @param redactor remembers each password, to redact it */
  constructor(private readonly redactor: Redactor) {}

  /** Stores a password under the fingerprint that is recorded for it, and returns that fingerprint. */
  remember(password: Secret, recordAs: Fingerprint): Fingerprint {
    this.checked.set(recordAs, password);
    this.redactor.remember(password);
    return recordAs;
  }

  /** Notes that check got this fingerprint instead of a password, unless it has got the password, too. */
  rememberWithheld(recorded: Fingerprint): void {
    if (!this.checked.has(recorded)) this.checked.set(recorded, undefined);
  }

  /** Returns the password that check has got, or undefined if it has got none, or none for this fingerprint. */
  recall(recorded: Fingerprint | undefined): Secret | undefined {
    return recorded === undefined ? undefined : this.checked.get(recorded);
  }

  /** Whether check got a recorded fingerprint instead of the password, which means unchanged. */
  isWithheld(recorded: Fingerprint | undefined): boolean {
    return this.wasChecked(recorded) && this.recall(recorded) === undefined;
  }

  /** False in a refresh, which compares recorded values without a check. */
  wasChecked(recorded: Fingerprint | undefined): boolean {
    return recorded !== undefined && this.checked.has(recorded);
  }
}
