import type { Redactor } from "../tencentcloud/secrets/redactor";
import type { Secret } from "../tencentcloud/secrets/secret";
import type { Fingerprint } from "./fingerprint";

/**
 * The passwords that check has let pass, by what it recorded in place of each. One Pulumi operation uses one provider
 * process, and check comes before create and update: they find the password here, and nothing records it.
 */
export class PasswordStore {
  /** Undefined for a fingerprint that check was handed in place of a password. */
  private readonly checked = new Map<Fingerprint, Secret | undefined>();

  /** @param redactor remembers each password */
  constructor(private readonly redactor: Redactor) {}

  /** Stores a password under the fingerprint that is recorded for it, and returns that fingerprint. */
  remember(password: Secret, recordAs: Fingerprint): Fingerprint {
    this.checked.set(recordAs, password);
    this.redactor.remember(password);
    return recordAs;
  }

  /** Notes that check was handed this fingerprint in place of a password. */
  rememberWithheld(recorded: Fingerprint): void {
    if (!this.checked.has(recorded)) this.checked.set(recorded, undefined);
  }

  /** Returns the password that check has seen, or undefined where it was handed a fingerprint instead. */
  recall(recorded: Fingerprint): Secret | undefined {
    return this.checked.get(recorded);
  }

  /** Whether check was handed a recorded fingerprint in place of the password, which means unchanged. */
  isWithheld(recorded: Fingerprint): boolean {
    return this.wasChecked(recorded) && this.recall(recorded) === undefined;
  }

  /** False in a refresh, which compares what is recorded without a check. */
  wasChecked(recorded: Fingerprint): boolean {
    return this.checked.has(recorded);
  }
}
