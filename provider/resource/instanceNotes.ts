import type { Fingerprint } from "./fingerprint";

/** What this run has seen of an instance, or done to it. */
export interface InstanceNotes {
  /** The resource of the program that has it. */
  claim?: number;
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
  /** Whether it was seen in password-free mode. */
  isPasswordFree?: true;
  /** The fingerprint that it was adopted with. */
  adoptedFingerprint?: Fingerprint;
}
