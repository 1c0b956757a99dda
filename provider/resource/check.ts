import { announceCreation } from "./announce";
import { type Fingerprint, fingerprint, isFingerprint, isKnownVersion, matches, versionOf } from "./fingerprint";
import { Secret } from "../tencentcloud/secrets/secret";
import { type Inputs, isUnknown, problemsOf, unknownValue, withoutNulls } from "./inputs";
import { surelyAcceptedLength } from "./passwordRules";
import type { ResourceLog } from "./resourceLog";
import type { Session } from "./session";

/** What check has found: inputs to record, or sentences about what is wrong with them. */
export interface CheckOutcome {
  readonly inputs: object;
  readonly problems: readonly string[];
}

/** Validates, and puts a fingerprint in place of the password. Needs no network and no credentials. */
export function check(
  session: Session,
  log: ResourceLog,
  olds: Partial<Inputs>,
  given: Readonly<Record<string, unknown>>,
): CheckOutcome {
  const news = withoutNulls(given);
  const recorded = isFingerprint(olds.password) ? olds.password : undefined;
  // What ignoreChanges hands over: it means unchanged, and is never taken for a password.
  const isRecorded = recorded !== undefined && news.password === recorded;
  const problems = [
    ...problemsOf(isFingerprint(news.password) ? withPassword(news, unknownValue) : news),
    ...(isFingerprint(news.password) && !isRecorded ? [foreignFingerprint] : []),
    ...(recorded !== undefined && !isKnownVersion(recorded) ? [newerVersion(recorded)] : []),
    ...session.settingProblems,
  ];
  if (problems.length === 0) problems.push(...claimProblems(session, olds, news as unknown as Inputs));
  if (problems.length > 0) return { inputs: {}, problems };
  const isCreation = olds.instanceId === undefined;
  if (isCreation) announceCreation(session, log, news as unknown as Inputs);
  const inputs = { ...news };
  // The class adds them. What the user did not write must not show in a preview.
  delete inputs.__claim;
  delete inputs.__conflict;
  if (!isRecorded) {
    return { inputs: withPassword(inputs, passwordToRecord(session, log, olds, news as unknown as Inputs)), problems };
  }
  session.passwords.rememberWithheld(recorded);
  return { inputs, problems };
}

/**
 * Notes which resource of the program has an instance. The program itself compares what it says; here the instance is the
 * one that is recorded where `ignoreChanges` puts it in place of the program's.
 */
function claimProblems(
  session: Session,
  olds: Partial<Inputs>,
  { instanceId, region, __claim: claim }: Inputs,
): string[] {
  if ([instanceId, region].some(isUnknown)) return [];
  const notes = session.notesOn({ instanceId, region });
  // A replacement's second check comes without olds.
  if (olds.instanceId === instanceId && olds.region === region) notes.isRecorded = true;
  notes.claim ??= claim;
  if (claim === undefined || notes.claim === claim) return [];
  notes.isContested = true;
  const sent = notes.isSent ? "; the reset of the other one was sent" : "";
  return [`instanceId: another resource of this program has the instance ${instanceId}: keep one of them${sent}`];
}

function passwordToRecord(session: Session, log: ResourceLog, olds: Partial<Inputs>, news: Inputs): Fingerprint {
  if ([news.password, news.instanceId, news.region].some(isUnknown)) return unknownValue as string as Fingerprint;
  const password = new Secret(news.password);
  const recorded = recordedFingerprint(olds, news, password) ?? newFingerprint(log, news, password);
  return session.passwords.remember(password, recorded);
}

/** The fingerprint that is recorded already, whatever its version, where it is one of this very password. */
function recordedFingerprint({ password: recorded }: Partial<Inputs>, news: Inputs, password: Secret) {
  return isFingerprint(recorded) && matches(password, news, recorded) ? recorded : undefined;
}

function newFingerprint(log: ResourceLog, news: Inputs, password: Secret): Fingerprint {
  if (news.password.length > surelyAcceptedLength) {
    log.info(`the password has more than ${surelyAcceptedLength} characters, which some instances refuse`);
  }
  return fingerprint(password, news);
}

const foreignFingerprint = "password: is a fingerprint out of a state, not a password";

const newerVersion = (recorded: string): string =>
  `password: the state holds a fingerprint of version ${versionOf(recorded)}, which this version of ` +
  "pulumi-tencentcloud-redis does not know: install the newer one that wrote it";

function withPassword<T extends object>(inputs: T, password: string): T {
  return { ...inputs, password };
}
