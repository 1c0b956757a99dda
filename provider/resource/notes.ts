import { type AccountIdentity, formatId } from "./accountIdentity";
import type { Fingerprint } from "./fingerprint";

/** What tells the resources of a program apart: a number from the class, or a URN. */
export type Claim = number | string;

/** What this run has seen of an account, or done to it. */
export interface AccountNotes {
  /** The resource of the program that has it. */
  claim?: Claim;
  /** Whether another resource of the program was refused for having it too. */
  isContested?: true;
  /** Whether the state holds a resource for it. */
  isRecorded?: true;
  /** Whether a reset of it was sent. */
  isSent?: true;
  /** Whether a reset of it has ended well. */
  isReset?: true;
  /** Whether the user was told what will happen to it. */
  isAnnounced?: true;
  /** The fingerprint that it was adopted with. */
  adoptedFingerprint?: Fingerprint;
}

/** The same of an instance, whatever the account. */
export interface InstanceNotes {
  /** Whether it was seen in password-free mode. */
  isPasswordFree?: true;
  /** The tasks of this run that have ended: no later change can lose to them. */
  endedTaskIds?: readonly number[];
}

/** What this run knows, to be added to. */
export class Notes {
  private readonly accounts = new Map<string, AccountNotes>();
  private readonly instances = new Map<string, InstanceNotes>();

  onAccount(identity: AccountIdentity): AccountNotes {
    return findOrAdd(this.accounts, formatId(identity));
  }

  onInstance({ region, instanceId }: AccountIdentity): InstanceNotes {
    return findOrAdd(this.instances, formatId({ region, instanceId }));
  }
}

function findOrAdd<T extends object>(notes: Map<string, T | Record<string, never>>, key: string): T {
  const found = notes.get(key) ?? {};
  notes.set(key, found);
  return found as T;
}
