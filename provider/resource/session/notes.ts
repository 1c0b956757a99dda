import { type AccountIdentity, formatId } from "../contract/accountIdentity";
import type { Fingerprint } from "../contract/fingerprint";
import type { State } from "../contract/state";
import { getOrCreate } from "./getOrCreate";

/** Identifies a resource of the program: a number from the class, or a URN. */
export type Claim = number | string;

/** What this run has seen of an account, or done to it. */
export interface AccountNotes {
  /** The resource of the program that has the account. */
  claim?: Claim;
  /** Whether another resource of the program was rejected because it has the same account. */
  isContested?: true;
  /** Whether the state holds a resource for it. */
  isRecorded?: true;
  /** Whether a reset was sent. */
  isSent?: true;
  /** Whether a reset has succeeded. */
  isReset?: true;
  /** Whether a line has announced what will happen to it. */
  isAnnounced?: true;
  /** The state of the program's resource for it, before this run updates it. */
  kept?: State;
  /** Whether a refresh has shown who was the last to set its password. */
  isRefreshed?: true;
  /** The fingerprint with which it was adopted. */
  adoptedFingerprint?: Fingerprint;
}

/** What this run has seen of an instance, for all of its accounts. */
export interface InstanceNotes {
  /** Whether it was seen in password-free mode. */
  isPasswordFree?: true;
  /** The tasks of this run that have ended: no later change can be overridden by them. */
  endedTaskIds?: readonly number[];
  /** Whose passwords the tasks in the program's states have set or will set: accounts by task. */
  recordedTasks?: ReadonlyMap<number, string>;
}

/** Collects what this run knows. */
export class Notes {
  private readonly accounts = new Map<string, AccountNotes>();
  private readonly instances = new Map<string, InstanceNotes>();

  onAccount(identity: AccountIdentity): AccountNotes {
    return getOrCreate(this.accounts, formatId(identity), () => ({}));
  }

  onInstance({ region, instanceId }: AccountIdentity): InstanceNotes {
    return getOrCreate(this.instances, formatId({ region, instanceId }), () => ({}));
  }
}
