import { formatId } from "./contract/accountIdentity";
import { inSentences } from "../tencentcloud/errors/inSentences";
import { defaultAccount } from "../tencentcloud/redis/describeInstanceAccount";
import { type CheckedInputs, isAccountKnown, isUnknown } from "./contract/inputs";
import type { AccountNotes } from "./session/notes";
import { type Plan, type ReplacingField, isAdoption } from "./plan";
import { type ResourceLog, formatSubject } from "./session/resourceLog";
import { withoutIgnoring } from "./operation/operation";
import type { Session } from "./session/session";
import type { State } from "./contract/state";

/**
 * Logs what a difference leads to, and why: Pulumi shows a changed secret only as `[secret]`.
 *
 * @throws Error if the plan needs a password and Pulumi has passed none, or would replace what was imported
 */
export function announceUpdate(session: Session, log: ResourceLog, plan: Plan, olds: State, news: CheckedInputs): void {
  if (plan.kind === "nothing") return;
  if (plan.kind !== "replace") session.notes.onAccount(olds).isAnnounced = true;
  if (plan.kind === "complete") {
    log.info(`the last reset will be completed (task ${olds.taskId})`);
    return;
  }
  if (plan.kind === "adopt") {
    log.info(willBeAdopted);
    return;
  }
  if (plan.kind === "replace" && olds.passwordFingerprint === undefined) refuseOther(plan.fields, olds, news);
  refuseWithoutPassword(session, news, plan.reasons);
  const reasons = plan.reasons.join(", ");
  if (plan.kind === "reset") log.info(`the password will be reset (${reasons})`);
  else
    log.info(
      `the resource, not the instance, will be replaced, and ${target(olds, news)} ${willGet(session, news)} (${reasons})`,
    );
}

/**
 * Logs what creating the resource does. Pulumi requests no diff for a creation, so a preview can only log it in the
 * check without olds. That is also the second check of a replacement, and the only check with `--replace`.
 */
export function announceCreation(session: Session, log: ResourceLog, news: Omit<CheckedInputs, "password">): void {
  // Without an instance, a region and an account, it is not known yet which account is meant.
  const notes: AccountNotes = isAccountKnown(news) ? session.notes.onAccount(news) : {};
  if (!notes.isAnnounced) log.info(creationLine(session, news));
  notes.isAnnounced = true;
}

function creationLine(session: Session, news: Omit<CheckedInputs, "password">): string {
  const { account, onCreate } = news;
  if (isUnknown(onCreate) || (onCreate === "adopt" && !isAccountKnown(news))) return `${willBeSet}, or adopted`;
  if (isUnknown(account)) return "the password of an account not known yet will be set";
  return isAdoption(session, news) ? willBeAdopted : willBeSet;
}

const willBeAdopted = "will be adopted with its password";
const willBeSet = "the password will be set";

/** Leaves out an id that is not known yet or may be a secret. */
function target(olds: State, news: CheckedInputs): string {
  if (news.instanceId !== olds.instanceId) return "another instance";
  if (isUnknown(news.region)) return "an instance in another region";
  if (news.region !== olds.region) return `${news.instanceId} in ${news.region}`;
  return `${isUnknown(news.account) ? "another account" : `the account ${news.account ?? defaultAccount}`} of ${news.instanceId}`;
}

const willGet = (session: Session, news: CheckedInputs): string =>
  isAdoption(session, news) ? willBeAdopted : "gets the password";

/**
 * After an import, an input that is missing or wrong in the program would reset another password than the imported one.
 */
function refuseOther(fields: readonly ReplacingField[], olds: State, news: CheckedInputs): void {
  const others = fields.filter((field) => !isUnknown(news[field]));
  if (others.length === 0) return;
  const differ = others.length === 1 ? `input ${others[0]} differs` : `inputs ${others.join(" and ")} differ`;
  const summary = `The ${differ} from the imported resource ${formatId(olds)}`;
  throw new Error(inSentences(summary, "correct the program, or import the resource again with the right id"));
}

/** With `ignoreChanges` on the password, Pulumi passes the recorded fingerprint, so there is no password to send. */
function refuseWithoutPassword(session: Session, news: CheckedInputs, reasons: readonly string[]): void {
  if (isUnknown(news.password) || session.passwords.recall(news.password) !== undefined) return;
  throw new Error(
    `The password of ${formatSubject(news)} must be reset (${reasons.join(", ")}), but ignoreChanges hides it: ` +
      withoutIgnoring,
  );
}
