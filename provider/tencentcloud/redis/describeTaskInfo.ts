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
  /** When it began, as the service writes times. Empty if the service does not say. */
  readonly startTime: string;
  /** When it ended, likewise. Absent if only a single task was asked for: no action tells it then. */
  readonly endTime?: string;
  /** When the service answered, by its clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
  /** The other tasks of its instance in the same answer, if that was a list. */
  readonly others?: {
    readonly tasks: readonly ListedTask[];
    /** Whether these are all that began shortly before it, or since. */
    readonly areAll: boolean;
  };
}

/**
 * How long a read of a task that keeps failing is retried. A longer failure is left to the caller's polling: the list of
 * tasks may know more by then.
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
