import { TransportError, isNotFound, isTransportError, messageOf } from "../errors";
import type { Client } from "./client";
import type { Deadline } from "./deadline";
import type { ApiResponse } from "./request";
import { failureOf, retryDelayMs } from "./retry";
import { parseServiceTime } from "./serviceTime";

/** A reset that the service has accepted: it is carried out by a task. */
export interface AcceptedReset {
  readonly taskId: number;
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
}

/** An instance, as far as its password is concerned. */
export interface Instance {
  /** Whether it lets everybody in without a password. */
  readonly isPasswordFree: boolean;
}

/** A task of a list. Its times are empty where the service does not tell them, or they are still to come. */
export interface ListedTask {
  readonly taskId: number;
  readonly startTime: string;
  readonly endTime: string;
}

/**
 * Asks the service to change an instance's password. Where the answer is lost, the same password is sent again once
 * no change of the password is under way: in effect that is the same reset, while adopting a task that is found there
 * could be adopting somebody else's. Where the second one has been carried out too, and its answer lost as well, more
 * of them would only make it worse.
 *
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export async function resetPassword(
  client: Client,
  { instanceId, password }: { instanceId: string; password: string },
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown> = deadline.clock.sleep,
): Promise<AcceptedReset> {
  const action = "ResetPassword";
  const parameters = { InstanceId: instanceId, Password: password };
  let lost: Error | undefined;
  let resetsBefore = Infinity;
  for (let losses = 0; ; losses++) {
    try {
      const response = await client({ action, parameters, deadline, repeatable: false });
      const { RequestId: requestId, answeredAtMs: acceptedAtMs } = response;
      return { taskId: requireNumber(action, response, "TaskId"), requestId, acceptedAtMs, ...(lost && { lost }) };
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

/** A reset that may have been carried out, since its answer was lost, and what came of sending it again. */
export const lostAndThen = (lost: Error, error: unknown): TransportError =>
  new TransportError(
    "ResetPassword",
    "lost",
    `${isTransportError(lost) ? lost.reason : lost.message}; then ${messageOf(error)}`,
  );

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
      const unfinished = { TaskTypes: Object.values(taskTypes), Result: unfinishedResults };
      const isUnderWay = (await countTasks(client, instanceId, unfinished, deadline)) > 0;
      if (!isUnderWay) return await countTasks(client, instanceId, { TaskTypes: [taskTypes.passwordReset] }, deadline);
    } catch (error) {
      // An answer that cannot be used only means to ask again.
      if (!isTransportError(error)) throw lostAndThen(lost, error);
    }
  }
}

/** Reads a task's state. */
export async function describeTaskInfo(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo> {
  const action = "DescribeTaskInfo";
  const response = await client({ action, parameters: { TaskId: taskId }, deadline });
  const { Status: status, TaskMessage: message, StartTime: startTime, answeredAtMs } = response;
  if (typeof status !== "string") throw missing(action, "Status");
  return { status: status.toLowerCase(), message: textOf(message), startTime: timeOf(startTime), answeredAtMs };
}

/** A page of the resets of a region in the last 30 days, of all its instances, the newest first. */
export interface ResetPage {
  /** Running ones and such that have succeeded. Why another has ended, only the task itself tells: its status is empty. */
  readonly tasks: (TaskInfo & { readonly taskId: number })[];
  readonly isLast: boolean;
}

/**
 * Reads the states of a hundred tasks at once, without their messages.
 *
 * @see https://cloud.tencent.com/document/product/239/39374
 */
export async function describeResets(client: Client, page: number, deadline: Deadline): Promise<ResetPage> {
  const action = "DescribeTaskList";
  const parameters = { TaskTypes: [taskTypes.passwordReset], Limit: pageSize, Offset: page * pageSize };
  const response = await client({ action, parameters, deadline });
  const entries = requireList(action, response, "Tasks");
  const { answeredAtMs } = response;
  const tasks = entries.flatMap((entry) =>
    taskIn(entry).map((task) => ({ ...task, status: statusOf(entry.Result), message: "", answeredAtMs })),
  );
  return { tasks, isLast: entries.length < pageSize };
}

const pageSize = 100;

/**
 * The service's types of tasks that have to do with passwords: a reset, a switch to password-free mode, and any change
 * of an account, which may be its password.
 */
export const taskTypes = { passwordReset: "007", passwordFree: "035", accountChange: "037" } as const;
export type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** The service's results of a task that has not ended: initialised, running. */
const unfinishedResults: readonly unknown[] = [0, 1];
const succeeded = 2;

function statusOf(result: unknown): string {
  if (unfinishedResults.includes(result)) return "running";
  return result === succeeded ? "succeed" : "";
}

/** @see https://cloud.tencent.com/document/api/239/43524 */
async function countTasks(client: Client, instanceId: string, filter: object, deadline: Deadline): Promise<number> {
  const action = "DescribeTaskList";
  const response = await client({ action, parameters: { InstanceId: instanceId, ...filter, Limit: 1 }, deadline });
  return requireNumber(action, response, "TotalCount");
}

/**
 * The tasks of an instance that have succeeded in the last 30 days, whoever asked for them.
 *
 * @see https://cloud.tencent.com/document/product/239/39374
 */
export async function succeededTasks(
  client: Client,
  instanceId: string,
  type: TaskType,
  deadline: Deadline,
): Promise<ListedTask[]> {
  const action = "DescribeTaskList";
  const parameters = { InstanceId: instanceId, TaskTypes: [type], Result: [succeeded], Limit: pageSize };
  return requireList(action, await client({ action, parameters, deadline }), "Tasks").flatMap(taskIn);
}

/** The task that an entry of a list is about, unless it has no usable number. */
const taskIn = ({ TaskId: taskId, StartTime, EndTime }: Record<string, unknown>): ListedTask[] =>
  typeof taskId === "number" ? [{ taskId, startTime: timeOf(StartTime), endTime: timeOf(EndTime) }] : [];

/**
 * An instance, or undefined when it is not there: the service may answer an unknown id with an empty list or with an
 * error.
 *
 * @see https://cloud.tencent.com/document/api/239/20018
 */
export async function describeInstance(
  client: Client,
  instanceId: string,
  deadline: Deadline,
): Promise<Instance | undefined> {
  const action = "DescribeInstances";
  try {
    const response = await client({ action, parameters: { InstanceId: instanceId }, deadline });
    const found = requireList(action, response, "InstanceSet").find(({ InstanceId }) => InstanceId === instanceId);
    return found && { isPasswordFree: found.NoAuth === true };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * When the password of an instance was last set, as the service writes times. Undefined for an instance of before the
 * service kept it.
 *
 * @see https://www.tencentcloud.com/document/api/239/33295
 */
export async function passwordTime(
  client: Client,
  instanceId: string,
  deadline: Deadline,
): Promise<string | undefined> {
  const action = "DescribeInstanceAccount";
  const parameters = { InstanceId: instanceId, Limit: 100, Offset: 0 };
  const accounts = requireList(action, await client({ action, parameters, deadline }), "Accounts");
  const root = accounts.find(({ AccountName }) => AccountName === "root");
  return timeOf(root?.PasswordLastModifiedTime) || undefined;
}

/** Times are recorded and shown, so whatever else stands in their place is none. */
const timeOf = (value: unknown): string => (parseServiceTime(textOf(value)) === undefined ? "" : textOf(value));

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function requireList(action: string, response: ApiResponse, field: string): Record<string, unknown>[] {
  const list = response[field];
  if (!Array.isArray(list)) throw missing(action, field);
  return list.filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
}

function requireNumber(action: string, response: ApiResponse, field: string): number {
  const value = response[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw missing(action, field);
  return value;
}

function missing(action: string, field: string): TransportError {
  return new TransportError(action, "unusable", `the answer has no usable ${field}`);
}
