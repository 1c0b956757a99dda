import { adoptImported, adoptOnCreate } from "./adopt/adopt";
import { announceUpdate } from "./announce";
import { nameAccount } from "./contract/accountIdentity";
import { matches } from "./contract/fingerprint";
import { type CheckedInputs, isUnknown } from "./contract/inputs";
import { type Plan, isAdoption, planFor } from "./plan";
import { resetAfterPendingTask, resetOnCreate, resetOnUpdate, resumeReset } from "./reset/reset";
import type { PasswordStore } from "./session/passwordStore";
import type { ResourceLog } from "./session/resourceLog";
import { type Operation, startOperation } from "./operation/operation";
import { inSentences } from "../tencentcloud/errors/inSentences";
import type { Session } from "./session/session";
import { type PendingState, type State, doubtReason, isPending, requireKnownState, withOwner } from "./contract/state";

/** Sets the password of a new resource, or adopts the instance with its password. */
export async function create(session: Session, log: ResourceLog, news: CheckedInputs): Promise<State> {
  return runInTurn(session, log, news, isAdoption(session, news) ? adoptOnCreate : resetOnCreate);
}

/** Returns what an update will do, and logs what and why: Pulumi shows a changed secret only as `[secret]`. */
export function planUpdate(session: Session, log: ResourceLog, olds: State, news: CheckedInputs): Plan {
  requireKnownState(olds);
  const plan = planFor(olds, news, session.passwords);
  // A refresh compares recorded values without a password, and changes nothing.
  if (isUnknown(news.password) || session.passwords.wasChecked(news.password)) {
    announceUpdate(session, log, plan, olds, news);
    if (plan.kind !== "replace") session.notes.onAccount(olds).kept = olds;
  }
  return plan;
}

/**
 * Updates the resource to match its inputs. After a failure, Pulumi calls this even if nothing differs: the state alone
 * decides.
 */
export async function update(session: Session, log: ResourceLog, olds: State, news: CheckedInputs): Promise<State> {
  requireKnownState(olds);
  const plan = planFor(olds, news, session.passwords);
  if (plan.kind === "nothing") return olds;
  if (plan.kind === "replace") throw new Error(`${plan.fields.join(" and ")} cannot be changed in place`);
  const carryOut = {
    adopt: adoptImported,
    // Planned only for a pending reset.
    complete: (operation: Operation) => resumeReset(operation, olds as PendingState),
    reset: (operation: Operation) =>
      isPending(olds) ? resetAfterPendingTask(operation, olds) : resetOnUpdate(operation, olds),
  }[plan.kind];
  return runInTurn(session, log, news, carryOut);
}

/** The timeout starts once no other change of the instance is running. */
function runInTurn(
  session: Session,
  log: ResourceLog,
  news: CheckedInputs,
  carryOut: (operation: Operation) => Promise<State>,
): Promise<State> {
  const onWait = (): void => log.info("waiting for another change of the instance to end");
  return session.turns.take(news, onWait, async () => {
    const operation = startOperation(session, log, news);
    const state = await carryOut(operation);
    // Read late: the owner may have become known meanwhile.
    return withOwner(state, operation.ownerAccountId);
  });
}

/**
 * Deletes the resource without changing the instance: without a password it would be open to everyone, and any other
 * password would be unexpected. Logs whether the password is in doubt.
 *
 * @throws Error if the program has another resource for the account, with another password, that this run has neither
 * updated nor refreshed, and this resource may have set the password after it: for example, a run has failed after it
 * created this one under a new name, and the program was then changed back. A refresh finds out.
 */
export function forget(session: Session, log: ResourceLog, state: State): void {
  const { adoptedFingerprint, isReset, isRefreshed, kept } = session.notes.onAccount(state);
  const isUpdated = isReset ?? adoptedFingerprint !== undefined;
  if (kept && !isUpdated && !isRefreshed && mayHaveOverwritten(kept, state, session.passwords)) {
    const cause = `this resource may have been the last to set the password of ${nameAccount(state)}`;
    const summary = `Deletion failed: ${cause}, to another one than that of the resource that stays`;
    throw new Error(inSentences(summary, refreshOrReset));
  }
  // Before or after a replacement, the instance may be about to get a new password, or have it already.
  log.info("deleting the resource does not change the instance or its password");
  if (isReset) return;
  if (isPending(state)) {
    log.warn(`the last reset (task ${state.taskId}) was not completed: its password may be set`);
  } else if (state.status !== "done") {
    log.warn(`which password is set was not known (${doubtReason(state)})`);
  }
  const { passwordFingerprint: recorded } = state;
  const adopted = session.passwords.recall(adoptedFingerprint);
  if (adopted !== undefined && recorded !== undefined && !matches(adopted, state, recorded)) {
    log.warn("the password that was recorded before differs from the adopted one");
  }
}

/** A reset helps where a refresh cannot tell, or has no permission. */
const refreshOrReset =
  "run `pulumi up --refresh` or, if that does not help, change the input triggers of the one that stays";

/** Whether another resource for the same account, with another password, may have set it after the kept one. */
function mayHaveOverwritten(kept: State, other: State, passwords: PasswordStore): boolean {
  const [recorded, fingerprint] = [kept.passwordFingerprint, other.passwordFingerprint];
  if (recorded === undefined || fingerprint === undefined) return false;
  // Neither the password of a reset that may not have been carried out is recorded, nor when it was sent. Before a
  // replacement, both can be the same resource.
  if (other.status === "failed") return kept.status !== "failed";
  const password = passwords.recall(recorded);
  if (recorded === fingerprint || (password !== undefined && matches(password, other, fingerprint))) return false;
  // Adopted without a reset.
  if (other.resetAt === undefined) return false;
  if (kept.resetAt !== undefined) return other.resetAt > kept.resetAt;
  return other.taskId === undefined || kept.newestTaskId === undefined || other.taskId > kept.newestTaskId;
}
