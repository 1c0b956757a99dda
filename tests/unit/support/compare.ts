import { type Comparison, compareWithService } from "../../../provider/resource/drift/compareWithService";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import type { InstanceContext } from "../../../provider/resource/session/instanceContext";
import type { Baseline, State } from "../../../provider/resource/contract/state";
import type { Client } from "../../../provider/tencentcloud/client/client";
import { ApiError } from "../../../provider/tencentcloud/errors/errors";
import type { InstanceStatus } from "../../../provider/tencentcloud/redis/describeInstance";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";

/** Compares a service with a reset by task 100, which ran from 12:00:00 to 12:00:05, or with another recorded state. */
export async function compare(
  report: ServiceReport,
  baseline: Baseline = ourReset,
  { instance }: { readonly instance: InstanceStatus | undefined } = { instance: usable },
): Promise<Comparison & Omit<ReportingService, "service">> {
  const { service, ...others } = serviceReporting(report);
  const state: State = {
    stateVersion: 1,
    instanceId,
    region: "ap-guangzhou",
    triggers: {},
    status: "done",
    ...baseline,
  };
  return { ...(await compareWithService(service, state, { isJudged: false }, instance)), ...others };
}

/** The service's responses. All times are on one day, `hh:mm:ss`. */
export interface ServiceReport {
  /** When root's password was last set. */
  readonly setAt?: string | Error;
  readonly resets?: readonly Task[];
  readonly accountChanges?: readonly Task[];
  readonly switches?: readonly Task[];
  /** Unfinished tasks, resets or others. */
  readonly running?: readonly Task[];
  readonly failed?: readonly Task[];
  readonly list?: Error;
  readonly isPasswordFree?: boolean | Error;
}
export type Task = readonly [taskId: number, startTime: string, endTime?: string];

export const usable: InstanceStatus = { isPasswordFree: false, condition: "usable" };
export const day = "2026-01-02";
export const at = (time: string) => (time.includes(" ") || time === "" ? time : `${day} ${time}`);

/** The format of older versions. */
export const ourReset: Baseline = { taskId: 100, taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };
export const ours: Task = [100, "12:00:00"];
export const oursWithEnd: Task = [100, "12:00:00", "12:00:05"];
export const earlierReset: Task = [99, "12:00:00"];

export const knowing = (newestTaskId: number, baseline: Baseline = ourReset): Baseline => ({
  ...baseline,
  newestTaskId,
});
export const adopted = (newestTaskId: number, time = "12:00:05"): Baseline => ({
  passwordTime: at(time),
  newestTaskId,
});
/** The format of an older version. */
export const adoptedEarlier: Baseline = { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` };

export const refusal = (action: string) => new ApiError(action, "UnauthorizedOperation", "r1", "No.");

export const setBySomebodyElse = (time: string) =>
  `somebody else or a killed run set the password at ${day} ${time} (service time)`;

/** A service, the requests that it has received, and the log lines. */
interface ReportingService {
  readonly service: InstanceContext;
  readonly asked: readonly string[];
  readonly said: readonly string[];
}

export function serviceReporting(report: ServiceReport): ReportingService {
  const asked: string[] = [];
  const said: string[] = [];
  const answers: Record<string, () => object | Error> = {
    DescribeInstanceAccount: () =>
      report.setAt instanceof Error
        ? report.setAt
        : {
            Accounts: [
              { AccountName: "reader", PasswordLastModifiedTime: at("23:00:00") },
              { AccountName: "root", PasswordLastModifiedTime: at(report.setAt ?? "") },
            ],
          },
    DescribeTaskList: () =>
      report.list ?? {
        Tasks: [
          ...asTasks("007", 1, report.running),
          ...asTasks("007", 2, report.resets),
          ...asTasks("037", 2, report.accountChanges),
          ...asTasks("035", 2, report.switches),
          ...asTasks("007", 4, report.failed),
        ],
      },
    DescribeInstances: () =>
      report.isPasswordFree instanceof Error
        ? report.isPasswordFree
        : { InstanceSet: [{ InstanceId: instanceId, NoAuth: report.isPasswordFree ?? false }] },
  };
  const client: Client = ({ action }) => {
    asked.push(action);
    const answer = answers[action]?.() ?? new Error(`unexpected: ${action}`);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ RequestId: "r1", answeredAtMs, ...answer });
  };
  const note = (text: string) => void said.push(text);
  const log = { info: note, warn: note };
  return { service: { client, instanceId, deadline: deadlineIn(60, systemClock), log }, asked, said };
}

const instanceId = "crs-5a4py64p";

/** The end of that day in China's time zone, in which the service returns times. */
const answeredAtMs = Date.UTC(2026, 0, 2, 16, 0, 0);

const asTasks = (TaskType: string, Result: number, tasks: readonly Task[] = []) =>
  tasks.map(([TaskId, start, end]) => ({
    TaskId,
    InstanceId: instanceId,
    TaskType,
    Result,
    StartTime: at(start),
    ...(end !== undefined && { EndTime: at(end) }),
  }));
