import type { Client } from "../client/client";
import type { Deadline } from "../retry/deadline";
import { missingField, readText } from "../transport/responseFields";
import { readServiceTime } from "./serviceTime";
import type { ListedTask } from "./taskList";

/** The state of a task, as the service reports it. */
export interface TaskInfo {
  /** In lower case: `preparing`, `running`, `succeed`, `failed` or `error`. */
  readonly status: string;
  readonly message: string;
  /** When it began, in the service's format. Empty if the service does not say. */
  readonly startTime: string;
  /** When it ended, in the same format. Absent if only a single task was requested: no action returns it then. */
  readonly endTime?: string;
  /** When the service responded, by its clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
  /** The other tasks of its instance in the same response, if that was a list. */
  readonly others?: {
    readonly tasks: readonly ListedTask[];
    /** Whether they include all tasks that began since its caller read them. */
    readonly areAll: boolean;
  };
}

/**
 * How long a read of a task that keeps failing is retried. After that, the caller's next poll tries again, possibly
 * with the list of tasks.
 */
const taskReadMs = 3_000;

/** Reads the state of a task. */
export async function describeTaskInfo(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo> {
  const action = "DescribeTaskInfo";
  const response = await client({ action, parameters: { TaskId: taskId }, deadline, patienceMs: taskReadMs });
  const { Status: status, TaskMessage: message, StartTime: startTime, answeredAtMs } = response;
  if (typeof status !== "string") throw missingField(action, "Status");
  return {
    status: status.toLowerCase(),
    message: readText(message),
    startTime: readServiceTime(startTime),
    answeredAtMs,
  };
}
