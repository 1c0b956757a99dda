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
    if (plan.kind === "nothing") session.notes.onAccount(olds).unchanged = olds;
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
 * @throws Error if the instance has this resource's password, and the program another one in another resource. That one
 * was not updated, since the program is what it recorded before, as after a failed run whose change is taken back.
 */
export function forget(session: Session, log: ResourceLog, state: State): void {
  const { adoptedFingerprint, isReset, unchanged } = session.notes.onAccount(state);
  if (!isReset && unchanged && isOverwritten(unchanged, state, session.passwords)) {
    const what = nameAccount(state);
    const cause = `this resource was the last to reset the password of ${what} (task ${state.taskId})`;
    const summary = `Deletion failed: ${cause}, and another resource, which stays, has another password`;
    throw new Error(
      inSentences(summary, "run `pulumi up --refresh`, which sets that password and deletes this resource"),
    );
  }
  // Before or after a replacement, the instance may be about to get a new password, or have it already.
  log.info("deleting the resource does not change the instance or its password");
  if (isReset) return;
  if (isPending(state)) {
    log.warn(`the last reset (task ${state.taskId}) was not completed, and may still set its password`);
  } else if (state.status !== "done") {
    log.warn(`which password is set was not known (${doubtReason(state)})`);
  }
  const { passwordFingerprint: recorded } = state;
  const adopted = session.passwords.recall(adoptedFingerprint);
  if (adopted !== undefined && recorded !== undefined && !matches(adopted, state, recorded)) {
    log.warn("the password that was recorded before differs from the adopted one");
  }
}

/** Whether the reset of another resource for the same account was accepted later, with another password. */
function isOverwritten(kept: State, other: State, passwords: PasswordStore): boolean {
  const [recorded, fingerprint] = [kept.passwordFingerprint, other.passwordFingerprint];
  if (recorded === undefined || fingerprint === undefined || recorded === fingerprint) return false;
  const newestTaskId = Math.max(kept.newestTaskId ?? 0, kept.taskId ?? 0);
  if (newestTaskId === 0 || (other.taskId ?? 0) <= newestTaskId) return false;
  const password = passwords.recall(recorded);
  return password === undefined || !matches(password, other, fingerprint);
}
