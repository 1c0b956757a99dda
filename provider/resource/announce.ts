import { sentence } from "./withoutStack";
import { type CheckedInputs, isUnknown } from "./inputs";
import type { InstanceNotes } from "./instanceNotes";
import { type Plan, isAdoption } from "./plan";
import type { ResourceLog } from "./resourceLog";
import { withoutIgnoring } from "./run";
import type { Session } from "./session";
import type { State } from "./state";

/**
 * Logs what a difference leads to, and why: Pulumi shows a changed secret only as `[secret]`.
 *
 * @throws Error when the plan needs a password and there is none
 */
export function announceUpdate(session: Session, log: ResourceLog, plan: Plan, olds: State, news: CheckedInputs): void {
  if (plan.kind === "nothing") return;
  if (plan.kind !== "replace") session.notesOn(olds).isAnnounced = true;
  if (plan.kind === "complete") {
    log.info(`the last reset will be completed (task ${olds.taskId} had not ended)`);
    return;
  }
  if (plan.kind === "adopt") {
    log.info(willBeAdopted);
    return;
  }
  refuseWithoutPassword(session, news, plan.reasons);
  const reasons = plan.reasons.join(", ");
  if (plan.kind === "reset") log.info(`the password will be reset (${reasons})`);
  else log.info(`the resource will be replaced, and ${target(olds, news)} ${willGet(session, news)} (${reasons})`);
}

/**
 * Logs what creating the resource does. Pulumi asks for no difference then, and the check that comes without olds is
 * all that a preview shows: also the second check of a replacement, and the only one with `--replace`.
 */
export function announceCreation(session: Session, log: ResourceLog, news: Omit<CheckedInputs, "password">): void {
  const { instanceId, region } = news;
  const line = creationLine(session, news);
  if (isUnknown(instanceId)) {
    log.info(line);
    return;
  }
  // The instance that is meant is not known without its region.
  const notes: InstanceNotes = isUnknown(region) ? {} : session.notesOn(news);
  if (!notes.isAnnounced) log.info(line);
  notes.isAnnounced = true;
}

function creationLine(session: Session, news: Omit<CheckedInputs, "password">): string {
  const { instanceId, region, onCreate } = news;
  const isInstanceKnown = ![instanceId, region].some(isUnknown);
  if (isUnknown(onCreate) || (onCreate === "adopt" && !isInstanceKnown)) return `${willBeSet}, or adopted`;
  return isAdoption(session, news) ? willBeAdopted : willBeSet;
}

const willBeAdopted = "will be adopted with its password";
const willBeSet = "the password will be set";

/** What is not known yet, and an id that may be a secret, is not shown. */
function target(olds: State, news: CheckedInputs): string {
  if (news.instanceId !== olds.instanceId) return "another instance";
  return isUnknown(news.region) ? "an instance in another region" : `${news.instanceId} in ${news.region}`;
}

const willGet = (session: Session, news: CheckedInputs): string =>
  isAdoption(session, news) ? willBeAdopted : "gets the password";

/** With `ignoreChanges` on the password, Pulumi hands over the recorded fingerprint: there is nothing to send. */
function refuseWithoutPassword(session: Session, news: CheckedInputs, reasons: readonly string[]): void {
  if (isUnknown(news.password) || session.passwords.recall(news.password) !== undefined) return;
  throw sentence(
    `The password would have to be reset (${reasons.join(", ")}), but this run has none: ${withoutIgnoring}`,
  );
}
