import { isApiError } from "../errors/errors";
import type { Client } from "../client/client";
import { type Clock, systemClock } from "../retry/clock";
import { type Deadline, deadlineIn } from "../retry/deadline";
import { classify } from "../errors/classify";
import { type TaskInfo, describeTaskInfo } from "./describeTaskInfo";
import { listTasks } from "./describeTaskList";
import { earliestOf, isServiceTimeBefore } from "./serviceTime";
import type { ListedTask } from "./taskList";

interface Question {
  readonly client: Client;
  readonly taskId: number;
  readonly deadline: Deadline;
  readonly answer: (task: TaskInfo | Promise<TaskInfo>) => void;
}

/** Up to this many tasks are read one by one, which also tells why one has failed. */
const mostSingleReads = 1;

/** The least time from one turn to the next. Where several ask, it is longer, so that one list serves more of them. */
const gapMs = { one: 500, several: 1000 };

/** How many of the last durations count. */
const rememberedDurations = 20;

/** A task is first read after this part of the shortest duration: tasks may get faster. */
const firstAskFraction = 0.97;

const pageSize = 100;

/** If the list takes longer than this, each task is read by itself. */
const listSeconds = 5;

/**
 * Reads tasks for all who wait in a region, on behalf of one Tencent Cloud account. Questions that come at about the same time are
 * answered by the list of the region's resets, a hundred a request; what that does not tell is asked for each task.
 */
export class TaskReader {
  private questions: Question[] = [];
  private nextTurnAtMs = -Infinity;
  private isListRefused = false;
  /** How long the last tasks took at most: from their acceptance to the answer that they had succeeded. */
  private lastDurationsMs: number[] = [];

  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * Reads a task's state.
   *
   * @throws what {@link describeTaskInfo} throws
   */
  read(client: Client, taskId: number, deadline: Deadline): Promise<TaskInfo> {
    return new Promise((answer) => {
      this.questions.push({ client, taskId, deadline, answer });
      if (this.questions.length === 1) void this.answerInTurn();
    });
  }

  /** Remembers how long a task took at most. */
  recordDuration(durationMs: number): void {
    this.lastDurationsMs = [...this.lastDurationsMs, durationMs].slice(-rememberedDurations);
  }

  /** How long to wait before a task is read: a little less than the shortest of the last tasks took. 0 if none is known. */
  get usualMs(): number {
    return firstAskFraction * Math.min(...(this.lastDurationsMs.length > 0 ? this.lastDurationsMs : [0]));
  }

  private async answerInTurn(): Promise<void> {
    await this.clock.sleep(this.isListRefused ? 0 : Math.max(0, this.nextTurnAtMs - this.clock.elapsedMs()));
    // Nobody waits for an answer after the deadline.
    const questions = this.questions.filter(({ deadline }) => deadline.remainingMs() > 0);
    this.questions = [];
    this.nextTurnAtMs = this.clock.elapsedMs() + (questions.length > 1 ? gapMs.several : gapMs.one);
    const isList = questions.length > mostSingleReads && !this.isListRefused;
    const listed = isList ? await this.list(questions) : new Map<number, TaskInfo>();
    for (const { client, taskId, deadline, answer } of questions) {
      answer(listed.get(taskId) ?? describeTaskInfo(client, taskId, deadline));
    }
  }

  /** What the list tells of these tasks. */
  private async list(questions: readonly Question[]): Promise<Map<number, TaskInfo>> {
    const told = new Map<number, TaskInfo>();
    const missing = new Set(questions.map(({ taskId }) => taskId));
    const deadline = deadlineIn(listSeconds, this.clock);
    const [{ client }] = questions as [Question];
    try {
      // A page more costs no more than a question that it answers.
      let all: ListedTask[] = [];
      for (let page = 0; missing.size > 0 && page < questions.length; page++) {
        const range = { offset: page * pageSize, limit: pageSize };
        const { tasks, isLast, answeredAtMs } = await listTasks(client, {}, range, deadline);
        all = [...all, ...tasks];
        // Found once: a list of hundreds of tasks is compared with each of hundreds that are waited for.
        const firstStart = earliestOf(all.map(({ startTime }) => startTime));
        for (const task of tasks) {
          // Why it has failed, only the task itself tells.
          if (!missing.delete(task.taskId) || task.status === "ended") continue;
          const areAll = isLast || isServiceTimeBefore(firstStart, task.startTime, earlierMs);
          told.set(task.taskId, toTaskInfo(task, all, areAll, answeredAtMs));
        }
        if (isLast) break;
      }
    } catch (error) {
      // Any final refusal, denied or not, holds for all: the list is the region's. Each task can still be read.
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

/** Older tasks of an instance were looked for before its reset was sent, shortly before it began. */
const earlierMs = 15_000;
