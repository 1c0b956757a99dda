import { errorMessage } from "../../tencentcloud/errors/errorMessage";
import { hasName } from "../../tencentcloud/errors/errors";
import type { Operation } from "./operation";
import { type Deadline, deadlineIn, throwIfCanceled } from "../../tencentcloud/retry/deadline";
import { refusalKind } from "../../tencentcloud/errors/classify";
import { type InstanceTasks, sortByEnd } from "../../tencentcloud/redis/instanceTaskReader";
import type { TaskInfo } from "../../tencentcloud/redis/describeTaskInfo";
import { type ListedTask, mayConcern, splitUnfinished } from "../../tencentcloud/redis/taskList";
import { isWaitedOut } from "../../tencentcloud/redis/waitForTask";

/**
 * The maximum age of a response that shows the tasks before a reset. Older resets of ours were sent before this run.
 */
const recentMs = 5_000;

export const isOtherTaskError = (error: unknown): error is OtherTaskError => hasName(error, "OtherTaskError");

/** Another task that may still set the password had not ended at the deadline. */
class OtherTaskError extends Error {
  override readonly name = "OtherTaskError";

  constructor(
    readonly taskId: number,
    instanceId: string,
    seconds: number,
  ) {
    super(`another task, ${taskId} of ${instanceId}, had not ended after ${seconds} s, and may set another password`);
  }
}

/**
 * Waits, before a reset or an adoption, until no other task can set the password. Returns the tasks of the instance, or
 * undefined if they could not be read, which is a warning.
 *
 * @param interrupted what to say if the user cancels the run
 * @param areFinishedNeeded whether to read finished tasks, too, for any number of instances
 * @throws OtherTaskError at the deadline
 */
export const waitUntilIdle = (
  operation: Operation,
  interrupted: string,
  areFinishedNeeded = false,
): Promise<InstanceTasks | undefined> => {
  const { session, news, client, instanceId } = operation;
  const reader = session.instanceTaskReaderFor(news);
  const first = operation.deadline.clock.elapsedMs() - recentMs;
  return waitForOthers(operation, { interrupted }, (deadline, isFirst) => {
    if (areFinishedNeeded) return reader.readAll(client, instanceId, deadline);
    return reader.read(client, instanceId, isFirst ? first : deadline.clock.elapsedMs(), deadline);
  });
};

/**
 * Waits, after our task has ended, until no other task can set the password: an older task that ends last wins.
 *
 * @param task our task, with the other tasks in the same response
 * @throws OtherTaskError at the deadline
 */
export const waitAfterOurs = (
  operation: Operation,
  taskId: number,
  task: TaskInfo,
): Promise<InstanceTasks | undefined> => {
  const { session, news, client, instanceId } = operation;
  const reader = session.instanceTaskReaderFor(news);
  return waitForOthers(
    operation,
    { ownTaskId: taskId, interrupted: `${operation.action} was interrupted` },
    (deadline, isFirst) => {
      if (!isFirst || !task.others) return reader.readAll(client, instanceId, deadline);
      if (task.others.areAll) return Promise.resolve(sortByEnd(task.others.tasks, task.answeredAtMs));
      return reader.read(client, instanceId, deadline.clock.elapsedMs(), deadline);
    },
  );
};

type Look = (deadline: Deadline, isFirst: boolean) => Promise<InstanceTasks>;

interface Wait {
  /** Absent before the reset is sent. */
  readonly ownTaskId?: number;
  readonly interrupted: string;
}

async function waitForOthers(
  operation: Operation,
  { ownTaskId, interrupted }: Wait,
  look: Look,
): Promise<InstanceTasks | undefined> {
  const { session, client, instanceId, account, deadline } = operation;
  // Before our reset, the service may refuse it because of any running task.
  const concerns = (task: ListedTask) => ownTaskId === undefined || mayConcern(task, account);
  const split = ({ unfinished, answeredAtMs }: InstanceTasks) =>
    splitUnfinished(unfinished.filter(concerns), answeredAtMs, ownTaskId);
  let next: ListedTask | undefined;
  const pauseBefore = async ({ taskId }: ListedTask): Promise<void> => {
    if (deadline.remainingMs() <= pollMs) throw new OtherTaskError(taskId, instanceId, deadline.seconds);
    await deadline.clock.sleep(pollMs);
  };
  for (let looks = 0; ; looks++) {
    let tasks: InstanceTasks;
    try {
      tasks = await look(shortened(deadline), looks === 0);
      // Only the instance's own list shows how the awaited tasks have ended.
      if (looks > 0 && !tasks.finished && split(tasks).awaited.length === 0) {
        tasks = await session.instanceTaskReaderFor(operation.news).readAll(client, instanceId, shortened(deadline));
      }
    } catch (error) {
      throwIfCanceled(deadline, interrupted);
      if (endsTheRun(error)) throw error;
      // A task that was still running does not end because a list fails.
      if (next && isWaitedOut(error)) {
        await pauseBefore(next);
        continue;
      }
      warnNotLookedUp(operation, error);
      return undefined;
    }
    const { awaited, ignored } = split(tasks);
    [next] = awaited;
    if (!next) {
      for (const { taskId } of ignored) warnOnce(operation.warnings, operation, `task ${taskId}`, overADayOld(taskId));
      return tasks;
    }
    throwIfCanceled(deadline, interrupted);
    await pauseBefore(next);
  }
}

/**
 * Returns a deadline after a quarter of the remaining time, at most 30 s. A list that cannot be read, for whatever
 * reason, throttling included, must leave time for the reset itself.
 */
const shortened = ({ clock, remainingMs }: Deadline): Deadline =>
  deadlineIn(Math.min(longestListSeconds, remainingMs() / 1000 / 4), clock);

const longestListSeconds = 30;

/** An error that would end the reset in the same way: the reset then reports it, so no warning comes first. */
const endsTheRun = (error: unknown): boolean =>
  hasName(error, "CredentialsError") || hasName(error, "SettingsError") || refusalKind(error) === "unauthenticated";

/** Warns once, in the whole run if it is for a missing permission, that other tasks could not be read. */
export function warnNotLookedUp(operation: Operation, error: unknown): void {
  const isForAll = refusalKind(error) === "denied";
  const warnings = isForAll ? operation.session.warnings : operation.warnings;
  warnOnce(warnings, operation, notLookedUp, `${notLookedUp}: ${errorMessage(error)}`);
}

const notLookedUp = "other changes of the password could not be looked up";

export const overADayOld = (taskId: number): string =>
  `task ${taskId} has not ended for over a day and is ignored, but may still set another password`;

/** Warns once per subject, whatever the failed request was. */
function warnOnce(warnings: Set<string>, { log }: Operation, about: string, warning: string): void {
  if (!warnings.has(about)) log.warn(warning);
  warnings.add(about);
}

const pollMs = 1_000;
