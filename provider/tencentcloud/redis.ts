import { TransportError, isNotFound } from "../errors";
import type { ApiResponse, CallLimits, Client } from "./client";

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
 * Asks the service to change an instance's password.
 *
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export async function resetPassword(
  client: Client,
  { instanceId, password }: { instanceId: string; password: string },
): Promise<AcceptedReset> {
  const action = "ResetPassword";
  const response = await client(action, { InstanceId: instanceId, Password: password });
  return { taskId: requireNumber(action, response, "TaskId"), requestId: response.RequestId };
}

/** Reads a task's state. */
export async function describeTaskInfo(client: Client, taskId: number, limits?: CallLimits): Promise<TaskInfo> {
  const action = "DescribeTaskInfo";
  const response = await client(action, { TaskId: taskId }, limits);
  const status = response.Status;
  if (typeof status !== "string") throw missing(action, "Status");
  const message = response.TaskMessage;
  return { status: status.toLowerCase(), message: typeof message === "string" ? message : "" };
}

/** Whether an instance is there. The service may answer an unknown id with an empty list or with an error. */
export async function instanceExists(client: Client, instanceId: string): Promise<boolean> {
  const action = "DescribeInstances";
  try {
    const response = await client(action, { InstanceId: instanceId });
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
  return new TransportError(action, `the answer has no usable ${field}`);
}
