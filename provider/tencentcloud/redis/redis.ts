import { summaryOf } from "../errors/advisingError";
import { InstanceError, TransportError, isApiError, isNotFound, isTransportError } from "../errors/errors";
import type { Client } from "../client/client";
import type { Deadline } from "../retry/deadline";
import { missingField, requireList, textOf } from "../transport/request";
import { failureOf, retryDelayMs } from "../retry/retry";
import { timeOf } from "./serviceTime";
import { type ListedTask, countTasks, listAllTasks, taskTypes } from "./taskList";

/** A reset that the service has accepted: it is carried out by a task. */
export interface AcceptedReset {
  /** Absent where the service gave no usable one, as it may for a reset that leaves password-free mode. */
  readonly taskId?: number;
  readonly requestId: string;
  /** By the service's clock, in milliseconds since 1970. */
  readonly acceptedAtMs: number;
  /** Why the answer to an earlier attempt was lost: that one may have been carried out, whatever comes of this. */
  readonly lost?: Error;
}

/** The state of a task, as the service tells it. */
export interface TaskInfo {
  /** In lower case: `preparing`, `running`, `succeed`, `failed` or `error`. */
  readonly status: string;
  readonly message: string;
  /** When it began, as the service writes times. Empty where the service does not tell. */
  readonly startTime: string;
  /** When it ended, likewise. Absent where only a single task was asked for: no action tells it then. */
  readonly endTime?: string;
  /** When the service told all this, by its clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
  /** The other tasks of its instance that the same answer told of, where that was a list. */
  readonly others?: {
    readonly tasks: readonly ListedTask[];
    /** Whether these are all that began shortly before it, or since. */
    readonly areAll: boolean;
  };
}

/** An instance, as far as its password is concerned. */
export interface Instance {
  /** Whether it lets everybody in without a password; undefined where the service does not tell. */
  readonly isPasswordFree: boolean | undefined;
  /** `isolated` and `to be deleted` do not pass by themselves; anything else does, or is no obstacle. */
  readonly condition: "usable" | "isolated" | "to be deleted";
}

/** The parameters of a reset. */
export interface ResetRequest {
  readonly instanceId: string;
  readonly password: string;
}

/**
 * Asks the service to change an instance's password. Where the answer is lost, the same password is sent again once
 * no change of the password is under way: in effect that is the same reset, while adopting a task that is found there
 * could be adopting somebody else's. Where the second one has been carried out too, and its answer lost as well, more
 * of them would only make it worse.
 *
 * @throws InstanceError when the instance's state forbids a reset and does not pass by itself
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export async function resetPassword(
  client: Client,
  { instanceId, password }: ResetRequest,
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown> = deadline.clock.sleep,
): Promise<AcceptedReset> {
  const action = "ResetPassword";
  const parameters = { InstanceId: instanceId, Password: password };
  const beforeRetry = endUnlessItPasses(client, instanceId, deadline);
  let lost: Error | undefined;
  let resetsBefore = Infinity;
  for (let losses = 0; ; losses++) {
    try {
      const response = await client({ action, parameters, deadline, repeatable: false, beforeRetry });
      const { RequestId: requestId, TaskId: taskId, answeredAtMs: acceptedAtMs } = response;
      return { ...(isTaskId(taskId) && { taskId }), requestId, acceptedAtMs, ...(lost && { lost }) };
    } catch (error) {
      if (failureOf(error) === "ambiguous") lost = error as Error;
      if (!lost) throw error;
      // Whatever ends a later attempt, the lost one may have been carried out.
      if (lost !== error) throw lostAndThen(lost, error);
      await delay(Math.min(retryDelayMs(losses, Math.random()), deadline.remainingMs()));
      const resets = await resetsOnceNoneIsUnderWay(client, instanceId, deadline, delay, lost);
      if (resets > resetsBefore) throw lost;
      resetsBefore = resets;
    }
  }
}

const isTaskId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** A reset that may have been carried out, since its answer was lost, and what came of sending it again. */
export const lostAndThen = (lost: Error, error: unknown): TransportError =>
  new TransportError(
    "ResetPassword",
    "lost",
    `${isTransportError(lost) ? lost.reason : summaryOf(lost)}; then ${summaryOf(error)}`,
  );

/** The codes for a state that forbids a reset. Whether that passes, only the instance's status tells. */
const isAboutState = (error: unknown): boolean =>
  isApiError(error) && /^Resource(InUse|Unavailable)\b/.test(error.code);

/** Looks at the status of an instance once, when its state is given as the reason of a refusal. */
function endUnlessItPasses(client: Client, instanceId: string, deadline: Deadline): (error: unknown) => Promise<void> {
  let isKnown = false;
  return async (error) => {
    if (isKnown || !isAboutState(error)) return;
    isKnown = true;
    // Without an answer, or the permission for it, the refusal may well pass.
    const instance = await describeInstance(client, instanceId, deadline, patienceMs).catch(() => undefined);
    if (instance && instance.condition !== "usable")
      throw new InstanceError(instanceId, instance.condition, "ResetPassword", error);
  };
}

const pollMs = 1000;

/**
 * Waits until no change of the password is under way, and counts the resets of the last 30 days.
 *
 * @throws Error when it cannot be found out in time: then the reset is in doubt
 */
async function resetsOnceNoneIsUnderWay(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown>,
  lost: Error,
): Promise<number> {
  for (;;) {
    if (deadline.remainingMs() <= pollMs) throw lost;
    await delay(pollMs);
    try {
      const unfinished = { InstanceId: instanceId, TaskTypes: Object.values(taskTypes), Result: [0, 1] };
      const isUnderWay = (await countTasks(client, unfinished, deadline)) > 0;
      const resets = { InstanceId: instanceId, TaskTypes: [taskTypes.passwordReset] };
      if (!isUnderWay) return await countTasks(client, resets, deadline);
    } catch (error) {
      // An answer that cannot be used only means to ask again.
      if (!isTransportError(error)) throw lostAndThen(lost, error);
    }
  }
}

/** Reads a task's state. A failure that may pass is the caller's to wait out: the list may know more by then. */
export async function describeTaskInfo(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo> {
  const action = "DescribeTaskInfo";
  const response = await client({ action, parameters: { TaskId: taskId }, deadline, patienceMs: taskPatienceMs });
  const { Status: status, TaskMessage: message, StartTime: startTime, answeredAtMs } = response;
  if (typeof status !== "string") throw missingField(action, "Status");
  return { status: status.toLowerCase(), message: textOf(message), startTime: timeOf(startTime), answeredAtMs };
}

const taskPatienceMs = 3_000;

/** How long a read that keeps failing is retried where others can be done without it. */
export const patienceMs = 5_000;

/**
 * Reads the tasks of an instance that can have changed its password in the last 30 days, whoever asked for them.
 *
 * @throws whatever is still wrong after some seconds
 */
export const instanceTasks = (client: Client, instanceId: string, deadline: Deadline) =>
  listAllTasks(client, { instanceId }, deadline, patienceMs);

/** The service's numbers for instances that cannot be changed until somebody restores them. */
const conditions = new Map<unknown, Instance["condition"]>([
  [-2, "isolated"],
  [-3, "to be deleted"],
]);

/**
 * An instance, or undefined when it is not there: the service may answer an unknown id with an empty list or with an
 * error.
 *
 * @param patience how long a read that keeps failing is retried; by default until the deadline
 * @see https://cloud.tencent.com/document/api/239/20018
 */
export async function describeInstance(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  patience?: number,
): Promise<Instance | undefined> {
  const action = "DescribeInstances";
  const parameters = { InstanceId: instanceId };
  try {
    const response = await client({
      action,
      parameters,
      deadline,
      ...(patience !== undefined && { patienceMs: patience }),
    });
    const instances = requireList(action, response, "InstanceSet");
    if (instances.length === 0) return undefined;
    const found = instances.find(({ InstanceId }) => InstanceId === instanceId);
    // Something else than what was asked for does not show that it is gone.
    if (!found) throw missingField(action, "InstanceId");
    const isPasswordFree = typeof found.NoAuth === "boolean" ? found.NoAuth : undefined;
    return { isPasswordFree, condition: conditions.get(found.Status) ?? "usable" };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * When the password of an instance was last set, as the service writes times. Undefined for an instance of before the
 * service kept it.
 *
 * @throws whatever is still wrong after some seconds
 * @see https://www.tencentcloud.com/document/api/239/33295
 */
export async function passwordTime(
  client: Client,
  instanceId: string,
  deadline: Deadline,
): Promise<string | undefined> {
  const action = "DescribeInstanceAccount";
  const parameters = { InstanceId: instanceId, Limit: 100, Offset: 0 };
  const accounts = requireList(action, await client({ action, parameters, deadline, patienceMs }), "Accounts");
  const root = accounts.find(({ AccountName }) => AccountName === "root");
  return timeOf(root?.PasswordLastModifiedTime) || undefined;
}
