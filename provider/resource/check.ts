import { announceCreation } from "./announce";
import {
  type Fingerprint,
  fingerprint,
  isFingerprint,
  isKnownVersion,
  matches,
  fingerprintVersion,
} from "./contract/fingerprint";
import { type PlainText, Secret } from "../tencentcloud/secrets/secret";
import {
  type CheckedInputs,
  type Inputs,
  isAccountKnown,
  isUnknown,
  findProblems,
  unknownValue,
  withoutNulls,
} from "./contract/inputs";
import type { Claim } from "./session/notes";
import { surelyAcceptedLength } from "./contract/passwordRules";
import type { ResourceLog } from "./session/resourceLog";
import type { Session } from "./session/session";
import { type AccountIdentity, nameAccount } from "./contract/accountIdentity";
import { defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";

/** The result of a check: the inputs to record, or one sentence per problem. */
export type CheckOutcome =
  { readonly inputs: CheckedInputs & { readonly password: Fingerprint } } | { readonly problems: readonly string[] };

/** Validates the inputs, and replaces the password with a fingerprint. Needs no network and no credentials. */
export function check(
  session: Session,
  log: ResourceLog,
  olds: Partial<CheckedInputs>,
  given: Readonly<Record<string, unknown>>,
): CheckOutcome {
  const news: Record<string, unknown> = withoutNulls(given);
  // The default account is recorded in one way only, whether it is named or not.
  if (news.account === defaultAccount) delete news.account;
  const recorded = isFingerprint(olds.password) ? olds.password : undefined;
  // With ignoreChanges, Pulumi passes the recorded fingerprint: it means unchanged, and is never taken for a password.
  const isPasswordWithheld = recorded !== undefined && news.password === recorded;
  // After an import, ignoreChanges leaves the password undefined.
  const isPasswordMissing = olds.instanceId !== undefined && olds.password === undefined && news.password === undefined;
  const problems = [
    ...findProblems(isFingerprint(news.password) || isPasswordMissing ? { ...news, password: unknownValue } : news),
    ...(isPasswordMissing ? [notImported] : []),
    ...(isFingerprint(news.password) && !isPasswordWithheld ? [foreignFingerprint] : []),
    ...(recorded !== undefined && !isKnownVersion(recorded) ? [newerVersion(recorded)] : []),
    ...session.settingProblems,
  ];
  if (problems.length > 0) return { problems };
  // Valid now, except for values that a preview does not know yet.
  const { password, __claim: claim, ...inputs } = news as unknown as Inputs;
  // The class adds both. They must not show in a preview, since the user did not write them.
  delete inputs.__conflict;
  noteIfRecorded(session, olds, inputs);
  const conflicts = registerClaim(session, inputs, claim);
  if (conflicts.length > 0) return { problems: conflicts };
  const isCreation = olds.instanceId === undefined;
  if (isCreation) announceCreation(session, log, inputs);
  if (!isPasswordWithheld) {
    return { inputs: { ...inputs, password: passwordToRecord(session, log, recorded, inputs, password) } };
  }
  session.passwords.rememberWithheld(recorded);
  return { inputs: { ...inputs, password: recorded } };
}

/** Notes that the state holds a resource for an account. The second check of a replacement, without olds, keeps that. */
function noteIfRecorded(session: Session, olds: Partial<CheckedInputs>, identity: AccountIdentity): void {
  const { instanceId, region, account } = identity;
  const isRecorded = olds.instanceId === instanceId && olds.region === region && olds.account === account;
  if (isRecorded && isAccountKnown(identity)) session.notes.onAccount(identity).isRecorded = true;
}

/**
 * Registers which resource of the program has an account, and returns conflicts. The program compares its own accounts;
 * this compares the recorded ones, which `ignoreChanges` may have kept.
 */
function registerClaim(session: Session, identity: AccountIdentity, claim: Claim | undefined): string[] {
  if (!isAccountKnown(identity)) return [];
  const { instanceId, account } = identity;
  const notes = session.notes.onAccount(identity);
  notes.claim ??= claim;
  if (claim === undefined || notes.claim === claim) return [];
  notes.isContested = true;
  const sent = notes.isSent ? "; the reset of the other one was sent" : "";
  const field = account === undefined ? "instanceId" : "account";
  const what = nameAccount({ instanceId, account });
  return [`${field}: another resource of this program has ${what}: keep one of them${sent}`];
}

/** Returns the recorded fingerprint, whatever its version, if it matches the password, otherwise a new one. */
function passwordToRecord(
  session: Session,
  log: ResourceLog,
  recorded: Fingerprint | undefined,
  identity: AccountIdentity,
  text: PlainText,
): Fingerprint {
  const { account } = identity;
  if (isUnknown(text) || !isAccountKnown(identity)) return unknownValue as string as Fingerprint;
  const password = new Secret(text);
  if (recorded !== undefined && matches(password, identity, recorded)) {
    return session.passwords.remember(password, recorded);
  }
  if (account === undefined && text.includes("@")) log.warn(mayBeMisread);
  if (text.length > surelyAcceptedLength) {
    log.info(`the password has more than ${surelyAcceptedLength} characters, which some instances refuse`);
  }
  return session.passwords.remember(password, fingerprint(password, identity));
}

/** @see https://www.tencentcloud.com/document/product/239/34590 */
const mayBeMisread =
  "the password has an @, which the service advises against for the default account: custom accounts sign in with " +
  "<account>@<password>";

const notImported =
  "password: is required after an import: give the instance's current password, of which only a fingerprint is recorded, and " +
  "take it out of ignoreChanges for this run";

const foreignFingerprint = "password: is a fingerprint from a state, not a password";

const newerVersion = (recorded: string): string =>
  `password: the state holds a fingerprint of version ${fingerprintVersion(recorded)}, which this version of ` +
  "pulumi-tencentcloud-redis does not know: install the newer one that wrote it";
