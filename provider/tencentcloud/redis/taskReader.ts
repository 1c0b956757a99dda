import { isApiError } from "../errors/errors";
import type { Client } from "../client/client";
import type { Clock } from "../retry/clock";
import { type Deadline, deadlineIn } from "../retry/deadline";
import { classify } from "../errors/classify";
import { type TaskInfo, describeTaskInfo } from "./describeTaskInfo";
import { listTasks } from "./describeTaskList";
import { earliestOf, isServiceTimeBefore } from "./serviceTime";
import type { ListedTask } from "./taskList";

/** A task to read. The times say how far back the other tasks of its instance matter to its caller. */
interface ReadTask {
  readonly taskId: number;
  readonly acceptedAtMs: number;
  readonly othersReadAtMs?: number | undefined;
}

interface Question {
  readonly client: Client;
  readonly task: ReadTask;
  readonly deadline: Deadline;
  readonly answer: (task: TaskInfo | Promise<TaskInfo>) => void;
}

/** Up to this many tasks are read individually, which also shows why one has failed. */
const mostSingleReads = 1;

/**
 * The minimum time between two polls. With several waiting tasks it is longer, so that one list serves more of them.
 */
const gapMs = { one: 500, several: 1000 } as const;

/** The number of recent durations that are kept. */
const rememberedDurations = 20;

/** The part of the shortest recent duration after which a task is first read: tasks may get faster. */
const firstAskFraction = 0.97;

const pageSize = 100;

/** The timeout of a list. After that, each task is read individually. */
const listSeconds = 5;

/**
 * Reads tasks for all resources that wait in a region, for one Tencent Cloud account. Reads at about the same time
 * share the list of the region's resets, with a hundred tasks per request; tasks that it does not contain are read
 * individually.
 */
export class TaskReader {
  private questions: Question[] = [];
  private nextTurnAtMs = -Infinity;
  private isListRefused = false;
  /** Upper bounds of the durations of the last tasks: from acceptance to the response that reported success. */
  private lastDurationsMs: number[] = [];

  constructor(private readonly clock: Clock) {}

  /**
   * Reads a task's state.
   *
   * @throws what {@link describeTaskInfo} throws
   */
  read(client: Client, task: ReadTask, deadline: Deadline): Promise<TaskInfo> {
    return new Promise((answer) => {
      this.questions.push({ client, task, deadline, answer });
      if (this.questions.length === 1) void this.answerInTurn();
    });
  }

  /** Records an upper bound of a task's duration. */
  recordDuration(durationMs: number): void {
    this.lastDurationsMs = [...this.lastDurationsMs, durationMs].slice(-rememberedDurations);
  }

  /**
   * How long to wait before a task is first read, in milliseconds: slightly less than the shortest recent duration. 0
   * if none is known.
   */
  get usualMs(): number {
    return firstAskFraction * Math.min(...(this.lastDurationsMs.length > 0 ? this.lastDurationsMs : [0]));
  }

  private async answerInTurn(): Promise<void> {
    await this.clock.sleep(this.isListRefused ? 0 : Math.max(0, this.nextTurnAtMs - this.clock.elapsedMs()));
    // After its deadline, a caller does not wait for the response.
    const questions = this.questions.filter(({ deadline }) => deadline.remainingMs() > 0);
    this.questions = [];
    this.nextTurnAtMs = this.clock.elapsedMs() + (questions.length > 1 ? gapMs.several : gapMs.one);
    const isList = questions.length > mostSingleReads && !this.isListRefused;
    const listed = isList ? await this.list(questions) : new Map<number, TaskInfo>();
    for (const { client, task, deadline, answer } of questions) {
      answer(listed.get(task.taskId) ?? describeTaskInfo(client, task.taskId, deadline));
    }
  }

  /** Returns what the list contains about these tasks. */
  private async list(questions: readonly Question[]): Promise<Map<number, TaskInfo>> {
    const told = new Map<number, TaskInfo>();
    const missing = new Map(questions.map(({ task }) => [task.taskId, task]));
    const deadline = deadlineIn(listSeconds, this.clock);
    const [{ client }] = questions as [Question];
    try {
      // A page of the list costs no more than the individual read of one task.
      let all: ListedTask[] = [];
      for (let page = 0; missing.size > 0 && page < questions.length; page++) {
        const range = { offset: page * pageSize, limit: pageSize };
        const { tasks, isLast, answeredAtMs } = await listTasks(client, {}, range, deadline);
        all = [...all, ...tasks];
        // Computed once: hundreds of listed tasks are compared with hundreds of awaited ones.
        const firstStart = earliestOf(all.map(({ startTime }) => startTime));
        for (const task of tasks) {
          const asked = missing.get(task.taskId);
          missing.delete(task.taskId);
          // The list does not show why a task has failed.
          if (!asked || task.status === "ended") continue;
          const areAll = isLast || isServiceTimeBefore(firstStart, task.startTime, unreadMs(asked));
          told.set(task.taskId, toTaskInfo(task, all, areAll, answeredAtMs));
        }
        if (isLast) break;
      }
    } catch (error) {
      // A final refusal applies to the whole region's list. Tasks can still be read individually.
      if (isApiError(error) && classify(error).verdict === "final") this.isListRefused = true;
    }
    return told;
  }
}

function toTaskInfo(task: ListedTask, listed: readonly ListedTask[], areAll: boolean, answeredAtMs: number): TaskInfo {
  const { taskId, instanceId, status, startTime, endTime } = task;
  const tasks = listed.filter((other) => other.instanceId === instanceId && other.taskId !== taskId);
  return { status, message: "", startTime, endTime, answeredAtMs, others: { tasks, areAll } };
}

/**
 * How long before the start of a task the other tasks of its instance have not been read, at most: between that read
 * and the acceptance, the reset may have waited for the rate limit or have been retried.
 */
const unreadMs = ({ acceptedAtMs, othersReadAtMs = -Infinity }: ReadTask): number =>
  acceptedAtMs - othersReadAtMs + startsWithinMs;

/** A task starts within this time after its acceptance, as the service's clocks show it. */
const startsWithinMs = 15_000;
