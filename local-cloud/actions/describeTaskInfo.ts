import type { Region } from "../model/regions";
import { CloudError } from "../protocol/cloudError";
import { toServiceTime } from "../protocol/serviceTime";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/239/30602 */
export const describeTaskInfo: Readonly<Action<Region>> = {
  parameters: { TaskId: { type: "integer", required: true } },
  run({ tasks, timeZoneHours }, { TaskId }) {
    const task = tasks.find(TaskId as number);
    // The only documented code of the action that fits.
    if (!task) throw new CloudError("InvalidParameter.InvalidParameter", `The task ${String(TaskId)} does not exist.`);
    return {
      Status: task.status,
      StartTime: toServiceTime(task.startedAt, timeZoneHours),
      TaskType: task.type.name,
      InstanceId: task.instanceId,
      TaskMessage: task.message,
    };
  },
};
