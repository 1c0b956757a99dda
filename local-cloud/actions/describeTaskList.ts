import { ownAccountId } from "../model/caller";
import type { Region } from "../model/regions";
import type { Task } from "../model/tasks";
import { CloudError } from "../protocol/cloudError";
import { takePage, pageParameters } from "../protocol/page";
import { fromServiceTime, toServiceTime } from "../protocol/serviceTime";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/product/239/39374 */
export const describeTaskList: Readonly<Action<Region>> = {
  parameters: {
    InstanceId: { type: "string" },
    InstanceName: { type: "string" },
    ...pageParameters,
    ProjectIds: { type: { listOf: "integer" } },
    TaskTypes: { type: { listOf: "string" } },
    BeginTime: { type: "string" },
    EndTime: { type: "string" },
    TaskStatus: { type: { listOf: "integer" } },
    Result: { type: { listOf: "integer" } },
    OperatorUin: { type: { listOf: "integer" } },
    OperateUin: { type: { listOf: "string" } },
  },
  quotaFactor: 5,
  run({ tasks, timeZoneHours }, parameters) {
    const wanted = filterFor(parameters, timeZoneHours);
    const found = tasks.recent().filter(wanted);
    return {
      TotalCount: found.length,
      Tasks: takePage(found, parameters, 100).map((task) => describe(task, timeZoneHours)),
    };
  },
};

/** Parameters that the service calls deprecated or internal are accepted and ignored. */
interface Filters {
  readonly InstanceId?: string;
  readonly InstanceName?: string;
  readonly TaskTypes?: readonly string[];
  readonly BeginTime?: string;
  readonly EndTime?: string;
  readonly Result?: readonly number[];
  readonly OperateUin?: readonly string[];
}

function filterFor(filters: Filters, zoneHours: number): (task: Task) => boolean {
  const { InstanceId, InstanceName, TaskTypes, Result, OperateUin } = filters;
  const begin = parseTime("BeginTime", filters.BeginTime, zoneHours) ?? -Infinity;
  const end = parseTime("EndTime", filters.EndTime, zoneHours) ?? Infinity;
  return (task) =>
    (!InstanceId || task.instanceId === InstanceId) &&
    (!InstanceName || task.instanceId === InstanceName) &&
    // Older pages of the documentation use names of types where newer ones use numbers.
    (!TaskTypes?.length || TaskTypes.includes(task.type.code) || TaskTypes.includes(task.type.name)) &&
    (!Result?.length || Result.includes(results[task.status])) &&
    (!OperateUin?.length || OperateUin.includes(ownAccountId)) &&
    seconds(task.startedAt) >= begin &&
    seconds(task.startedAt) <= end;
}

function parseTime(name: string, text: string | undefined, zoneHours: number): number | undefined {
  if (!text) return undefined;
  const time = fromServiceTime(text, zoneHours);
  if (!time) throw new CloudError("InvalidParameter.Period", `${name} must look like 2021-12-30 00:00:00.`);
  return seconds(time);
}

/** The service's times have a resolution of one second. */
const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

const results = { preparing: 0, running: 1, succeed: 2, failed: 4, error: 4 } as const;

const describe = (task: Task, zoneHours: number): object => ({
  TaskId: task.taskId,
  StartTime: toServiceTime(task.startedAt, zoneHours),
  TaskType: task.type.code,
  InstanceName: task.instanceId,
  InstanceId: task.instanceId,
  ProjectId: 0,
  Progress: task.endedAt ? 1 : 0,
  EndTime: task.endedAt ? toServiceTime(task.endedAt, zoneHours) : "",
  Result: results[task.status],
});
