import { newestEndedId } from "./baseline";
import { type Run, inDoubt, partialFailure, resetFailed } from "./run";
import type { ResetState, State } from "./state";
import { describeInstance } from "../tencentcloud/redis/describeInstance";
import { type Account, describeAccounts, findAccount } from "../tencentcloud/redis/describeInstanceAccount";
import { instanceTasks } from "../tencentcloud/redis/describeTaskList";
import { optionalReadMs } from "../tencentcloud/redis/optionalReadMs";
import { parseServiceTime, roundToTimeZones } from "../tencentcloud/redis/serviceTime";
import { type ListedTask, mayConcern, splitUnfinished, taskTypes } from "../tencentcloud/redis/taskList";
import { throwIfCanceled } from "../tencentcloud/retry/deadline";
import { tryPasswordOnce } from "./tryPassword";

/**
 * Waits until something proves that an accepted reset for which the service gave no task has been carried out, as may
 * happen when it leaves password-free mode. Returns its state: `done`, or `failed` if another task may have set the
 * password after it.
 *
 * @param accountBefore the account just before the reset, where it was read
 * @throws PartialFailure when nothing proves it by the deadline: the next `up` sends the password again
 */
export async function proveWithoutTask(
  run: Run,
  olds: State,
  pending: ResetState,
  accountBefore?: Account,
): Promise<State> {
  const { client, instanceId, deadline, session, news } = run;
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
    const list = await unlessItFails(instanceTasks(client, instanceId, deadline));
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
      (await tryPasswordOnce(run))?.outcome === "accepted";
    // The task of this very reset may still run, or an older one that ends last.
    const isSettled = !list || splitUnfinished(list.tasks, list.answeredAtMs).awaited.length === 0;
    // One of several may be this one's, and may not have been the last.
    if (isSettled && (list?.tasks.filter(isNew).length ?? 0) > 1) return inDoubt(pending, severalTasks);
    // A canceled list tells nothing of an older reset that may still end last.
    throwIfCanceled(deadline, `${run.action} was interrupted`);
    if (isProven && isSettled) {
      return {
        ...pending,
        ...(setAt !== undefined && { passwordTime: setAt }),
        ...(list && { newestTaskId: newestEndedId(list.tasks, pending.newestTaskId) }),
        ...(!(list && setAt !== undefined) && { unchecked: true }),
        status: "done",
      };
    }
    if (deadline.remainingMs() <= pollMs)
      throw partialFailure(run, inDoubt(pending, noProof), resetFailed(run.action, noProof, pending));
    await deadline.clock.sleep(pollMs);
  }
}

const noProof = "the service accepted the reset without a task, and nothing shows that it was carried out";

const severalTasks = "the service gave the reset no task, and another task may have set the password after it";

const pollMs = 2_000;

/**
 * Whether a time of the service is after the acceptance. The zone of its times is derived from an earlier reset, which is
 * recorded both in that zone and in UTC.
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

/** Any one of the proofs will do. */
const unlessItFails = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);
