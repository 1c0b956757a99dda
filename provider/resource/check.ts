import { announceCreation } from "./announce";
import {
  type Fingerprint,
  fingerprint,
  isFingerprint,
  isKnownVersion,
  matches,
  fingerprintVersion,
} from "./fingerprint";
import { type PlainText, Secret } from "../tencentcloud/secrets/secret";
import { type CheckedInputs, type Inputs, isUnknown, findProblems, unknownValue, withoutNulls } from "./inputs";
import type { Claim } from "./notes";
import { surelyAcceptedLength } from "./passwordRules";
import type { ResourceLog } from "./resourceLog";
import type { Session } from "./session";
import type { AccountIdentity } from "./accountIdentity";
import { defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";

/** What check has found: inputs to record, or sentences about what is wrong with them. */
export type CheckOutcome = { readonly inputs: CheckedInputs } | { readonly problems: readonly string[] };

/** Validates, and puts a fingerprint in place of the password. Needs no network and no credentials. */
export function check(
  session: Session,
  log: ResourceLog,
  olds: Partial<CheckedInputs>,
  given: Readonly<Record<string, unknown>>,
): CheckOutcome {
  const news: Record<string, unknown> = withoutNulls(given);
  // The same account, however it is written.
  if (news.account === defaultAccount) delete news.account;
  const recorded = isFingerprint(olds.password) ? olds.password : undefined;
  // What ignoreChanges hands over: it means unchanged, and is never taken for a password.
  const isRecorded = recorded !== undefined && news.password === recorded;
  // After an import, ignoreChanges hands over nothing.
  const isMissing = olds.instanceId !== undefined && olds.password === undefined && news.password === undefined;
  const problems = [
    ...findProblems(isFingerprint(news.password) || isMissing ? { ...news, password: unknownValue } : news),
    ...(isMissing ? [notImported] : []),
    ...(isFingerprint(news.password) && !isRecorded ? [foreignFingerprint] : []),
    ...(recorded !== undefined && !isKnownVersion(recorded) ? [newerVersion(recorded)] : []),
    ...session.settingProblems,
  ];
  if (problems.length > 0) return { problems };
  // Valid now, but for what a preview does not know yet.
  const { password, __claim: claim, ...inputs } = news as unknown as Inputs;
  // The class adds both: what the user did not write must not show in a preview.
  delete inputs.__conflict;
  problems.push(...claimProblems(session, olds, inputs, claim));
  if (problems.length > 0) return { problems };
  const isCreation = olds.instanceId === undefined;
  if (isCreation) announceCreation(session, log, inputs);
  if (!isRecorded) {
    return { inputs: { ...inputs, password: passwordToRecord(session, log, recorded, inputs, password) } };
  }
  session.passwords.rememberWithheld(recorded);
  return { inputs: { ...inputs, password: recorded } };
}

/**
 * Notes which resource of the program has an account. The program itself compares what it says; here the account is the
 * one that is recorded where `ignoreChanges` puts it in place of the program's.
 */
function claimProblems(
  session: Session,
  olds: Partial<CheckedInputs>,
  { instanceId, region, account }: AccountIdentity,
  claim: Claim | undefined,
): string[] {
  if ([instanceId, region, account].some(isUnknown)) return [];
  const notes = session.notes.onAccount({ instanceId, region, account });
  // A replacement's second check comes without olds.
  const isRecorded = olds.instanceId === instanceId && olds.region === region && olds.account === account;
  if (isRecorded) notes.isRecorded = true;
  notes.claim ??= claim;
  if (claim === undefined || notes.claim === claim) return [];
  notes.isContested = true;
  const sent = notes.isSent ? "; the reset of the other one was sent" : "";
  const [field, what] =
    account === undefined
      ? ["instanceId", `the instance ${instanceId}`]
      : ["account", `the account ${account} of ${instanceId}`];
  return [`${field}: another resource of this program has ${what}: keep one of them${sent}`];
}

/** Returns the recorded fingerprint, whatever its version, if it is one of this very password, and a new one otherwise. */
function passwordToRecord(
  session: Session,
  log: ResourceLog,
  recorded: Fingerprint | undefined,
  identity: AccountIdentity,
  text: PlainText,
): Fingerprint {
  const { instanceId, region, account } = identity;
  if ([text, instanceId, region, account].some(isUnknown)) return unknownValue as string as Fingerprint;
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
  "password: is not known of an imported resource: the program must give it, without ignoreChanges for this run";

const foreignFingerprint = "password: is a fingerprint out of a state, not a password";

const newerVersion = (recorded: string): string =>
  `password: the state holds a fingerprint of version ${fingerprintVersion(recorded)}, which this version of ` +
  "pulumi-tencentcloud-redis does not know: install the newer one that wrote it";
