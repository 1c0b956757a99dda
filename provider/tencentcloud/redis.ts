import { setTimeout as sleep } from "node:timers/promises";

import { TransportError, isNotFound, isTransportError, messageOf } from "../errors";
import type { Client } from "./client";
import type { Deadline } from "./deadline";
import type { ApiResponse } from "./request";
import { failureOf, retryDelayMs } from "./retry";

/** A reset that the service has accepted: it is carried out by a task. */
export interface AcceptedReset {
  readonly taskId: number;
  readonly requestId: string;
}

/** The state of a task, as the service tells it. */
export interface TaskInfo {
  /** In lower case: `preparing`, `running`, `succeed`, `failed` or `error`. */
  readonly status: string;
  readonly message: string;
}

/**
 * Asks the service to change an instance's password. Where the answer is lost, the same password is sent again once
 * no reset of this instance is under way: in effect that is the same reset, while adopting a task that is found there
 * could be adopting somebody else's.
 *
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export async function resetPassword(
  client: Client,
  { instanceId, password }: { instanceId: string; password: string },
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown> = sleep,
): Promise<AcceptedReset> {
  const action = "ResetPassword";
  const parameters = { InstanceId: instanceId, Password: password };
  let lost: Error | undefined;
  for (let losses = 0; ; losses++) {
    try {
      const response = await client({ action, parameters, deadline, repeatable: false });
      return { taskId: requireNumber(action, response, "TaskId"), requestId: response.RequestId };
    } catch (error) {
      if (failureOf(error) === "ambiguous") lost = error as Error;
      if (!lost) throw error;
      // Whatever ends a later attempt, the lost one may have been carried out.
      if (lost !== error) throw inDoubt(lost, error);
      await delay(Math.min(retryDelayMs(losses, Math.random()), deadline.remainingMs()));
      await untilNotBeingReset(client, instanceId, deadline, delay, lost);
    }
  }
}

const inDoubt = (lost: Error, error: unknown): TransportError =>
  new TransportError(
    "ResetPassword",
    "lost",
    `${isTransportError(lost) ? lost.reason : lost.message}; then ${messageOf(error)}`,
  );

const pollMs = 1000;

/** @throws Error when it cannot be found out in time: then the reset is in doubt */
async function untilNotBeingReset(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  delay: (delayMs: number) => Promise<unknown>,
  lost: Error,
): Promise<void> {
  do {
    if (deadline.remainingMs() <= pollMs) throw lost;
    await delay(pollMs);
  } while (await mayBeBeingReset(client, instanceId, deadline, lost));
}

async function mayBeBeingReset(client: Client, instanceId: string, deadline: Deadline, lost: Error): Promise<boolean> {
  try {
    return await isBeingReset(client, instanceId, deadline);
  } catch (error) {
    // An answer that cannot be used only means to ask again.
    if (isTransportError(error)) return true;
    throw inDoubt(lost, error);
  }
}

/** Reads a task's state. */
export async function describeTaskInfo(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo> {
  const action = "DescribeTaskInfo";
  const response = await client({ action, parameters: { TaskId: taskId }, deadline });
  const status = response.Status;
  if (typeof status !== "string") throw missing(action, "Status");
  const message = response.TaskMessage;
  return { status: status.toLowerCase(), message: typeof message === "string" ? message : "" };
}

/** The service's type of a password reset among the tasks. */
const passwordReset = "007";
/** The service's results of a task that has not ended: initialised, running. */
const unfinishedResults = [0, 1];

/**
 * Whether a password reset of this instance is under way, whoever asked for it.
 *
 * @see https://cloud.tencent.com/document/api/239/43524
 */
async function isBeingReset(client: Client, instanceId: string, deadline: Deadline): Promise<boolean> {
  const action = "DescribeTaskList";
  const parameters = { InstanceId: instanceId, TaskTypes: [passwordReset], Result: unfinishedResults, Limit: 1 };
  const response = await client({ action, parameters, deadline });
  return requireNumber(action, response, "TotalCount") > 0;
}

/** Whether an instance is there. The service may answer an unknown id with an empty list or with an error. */
export async function instanceExists(client: Client, instanceId: string, deadline: Deadline): Promise<boolean> {
  const action = "DescribeInstances";
  try {
    const response = await client({ action, parameters: { InstanceId: instanceId }, deadline });
    const instances = response.InstanceSet;
    if (!Array.isArray(instances)) throw missing(action, "InstanceSet");
    return instances.some((instance: { InstanceId?: unknown } | null) => instance?.InstanceId === instanceId);
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function requireNumber(action: string, response: ApiResponse, field: string): number {
  const value = response[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw missing(action, field);
  return value;
}

function missing(action: string, field: string): TransportError {
  return new TransportError(action, "unusable", `the answer has no usable ${field}`);
}
