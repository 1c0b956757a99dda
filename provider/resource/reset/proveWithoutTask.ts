import { newestEndedId } from "../drift/baseline";
import { warnNotLookedUp } from "../operation/otherTasks";
import { partialFailure } from "../operation/partialFailure";
import type { Operation } from "../operation/operation";
import { type ResetState, type State, inDoubt } from "../contract/state";
import { describeFailedReset } from "./describeFailedReset";
import { describeInstance } from "../../tencentcloud/redis/describeInstance";
import { type Account, describeAccounts, findAccount } from "../../tencentcloud/redis/describeInstanceAccount";
import { listInstanceTasks } from "../../tencentcloud/redis/describeTaskList";
import { optionalReadMs } from "../../tencentcloud/redis/optionalReadMs";
import { parseServiceTime, roundToTimeZones } from "../../tencentcloud/redis/serviceTime";
import { type ListedTask, mayConcern, splitUnfinished, taskTypes } from "../../tencentcloud/redis/taskList";
import { throwIfCanceled } from "../../tencentcloud/retry/deadline";
import { tryPasswordOnce } from "../operation/tryPassword";

/**
 * Waits until there is proof that an accepted reset without a task was carried out. The service may return no task for
 * a reset that leaves password-free mode. Returns the state of the reset: `done`, or `failed` if another task may have
 * set the password after it.
 *
 * @param accountBefore the account just before the reset, if it was read
 * @throws PartialFailure if there is no proof by the deadline: the next `up` sends the password again
 */
export async function proveWithoutTask(
  operation: Operation,
  olds: State,
  pending: ResetState,
  accountBefore?: Account,
): Promise<State> {
  const { client, instanceId, deadline, session, news } = operation;
  const { account } = news;
  const wasPasswordFree =
    account === undefined && (olds.isPasswordFree ?? session.notes.onInstance(news).isPasswordFree);
  const isNew = (task: ListedTask) => task.taskId > (pending.newestTaskId ?? Infinity) && mayConcern(task, account);
  const isReset = ({ type, status }: ListedTask) => type === taskTypes.passwordReset && status === "succeed";
  let first = accountBefore;
  for (;;) {
    const instance = wasPasswordFree
      ? await unlessItFails(describeInstance(client, instanceId, deadline, optionalReadMs))
      : undefined;
    let listError: unknown;
    const list = await listInstanceTasks(client, instanceId, deadline).catch((error: unknown) => {
      listError = error;
      return undefined;
    });
    const accounts = await unlessItFails(describeAccounts(client, instanceId, deadline));
    const own = accounts && findAccount(accounts, account);
    first ??= own;
    const setAt = own?.passwordTime;
    const isSetSince =
      setAt !== undefined && (setAt !== first?.passwordTime || isAfterAcceptance(setAt, olds, pending));
    const isProven =
      instance?.isPasswordFree === false ||
      list?.tasks.some((task) => isNew(task) && isReset(task)) === true ||
      isSetSince ||
      (await tryPasswordOnce(operation))?.outcome === "accepted";
    // The task of this very reset may still be running, or an older task that ends last.
    const isSettled = !list || splitUnfinished(list.tasks, list.answeredAtMs).awaited.length === 0;
    // One of several new tasks may be this reset's, and may not have ended last.
    if (isSettled && (list?.tasks.filter(isNew).length ?? 0) > 1) return inDoubt(pending, severalTasks);
    // After a cancellation, the list may lack an older reset that could still end last.
    throwIfCanceled(deadline, `${operation.action} was interrupted`);
    if (isProven && isSettled) {
      // Another task may still set another password.
      if (!list) warnNotLookedUp(operation, listError);
      return {
        ...pending,
        // The service may be late with the time of this reset. An earlier one would make it look like another reset.
        ...(isSetSince && { passwordTime: setAt }),
        ...(list && { newestTaskId: newestEndedId(list.tasks, pending.newestTaskId) }),
        ...(!(list && isSetSince) && { unchecked: true }),
        status: "done",
      };
    }
    if (deadline.remainingMs() <= pollMs)
      throw partialFailure(
        operation,
        inDoubt(pending, noProof),
        describeFailedReset(operation.action, noProof, pending),
      );
    await deadline.clock.sleep(pollMs);
  }
}

const noProof = "the service accepted the reset without a task, and nothing shows that it was carried out";

const severalTasks = "the service gave the reset no task, and another task may have set the password after it";

const pollMs = 2_000;

/**
 * Whether a time from the service is after the acceptance. The time zone is derived from an earlier reset, whose time
 * is recorded both in that zone and in UTC.
 */
function isAfterAcceptance(
  setAt: string,
  { taskStartTime, resetAt: earlierResetAt }: State,
  { resetAt }: ResetState,
): boolean {
  const aheadMs = (parseServiceTime(taskStartTime) ?? NaN) - Date.parse(earlierResetAt ?? "");
  const zoneMs = roundToTimeZones(aheadMs);
  return (parseServiceTime(setAt) ?? NaN) - zoneMs >= Math.floor(Date.parse(resetAt) / 1000) * 1000;
}

/** Ignores a failure: a single proof is enough. */
const unlessItFails = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);
