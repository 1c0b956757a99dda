import { CloudError } from "../cloudError";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/239/30602 */
export const describeTaskInfo: Action = {
  parameters: { TaskId: { type: "integer", required: true } },
  run({ tasks }, { TaskId }) {
    const task = tasks.find(TaskId as number);
    // Which code the service uses here is not documented.
    if (!task) throw new CloudError("ResourceNotFound", `The task ${String(TaskId)} does not exist.`);
    return {
      Status: task.status,
      StartTime: task.startedAt.toISOString().slice(0, 19).replace("T", " "),
      TaskType: task.taskType,
      InstanceId: task.instanceId,
      TaskMessage: task.message,
    };
  },
};
