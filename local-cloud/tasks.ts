import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { type Clock, realClock } from "./clock";

/** What kinds of tasks there are here, by the codes that DescribeTaskList uses. */
export const taskTypes = {
  resetPassword: { code: "007", name: "FLOW_SETPWD" },
  switchToPasswordFree: { code: "035", name: "FLOW_MODIFYINSTANCEPASSWORDFREE" },
  changeAccount: { code: "037", name: "FLOW_MODIFYINSTANCEACCOUNT" },
} as const;

export type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** A change of an instance that takes its time. */
export interface Task {
  readonly taskId: number;
  readonly instanceId: string;
  readonly type: TaskType;
  readonly startedAt: Date;
  endedAt?: Date;
  status: "preparing" | "running" | "succeed" | "failed";
  message: string;
}

/** The id of the first task: the one in the vendor's documented example. */
const firstTaskId = 16657;

/** Gives each task of a cloud, in whatever region, a number of its own. */
export function taskIds(): () => number {
  let next = firstTaskId;
  return () => next++;
}

/** How long a task is known. */
const rememberedMs = 30 * 24 * 3_600_000;

/** The tasks of a region since the cloud was started. */
export class Tasks {
  private readonly all = new Map<number, Task>();
  private readonly stopped = new AbortController();

  /** @param taskSeconds how long every task takes */
  constructor(
    private readonly taskSeconds: number,
    private readonly nextTaskId: () => number,
    private readonly now: Clock = realClock,
  ) {
    // Each task that waits listens for the end.
    setMaxListeners(0, this.stopped.signal);
  }

  find(taskId: number): Task | undefined {
    return this.all.get(taskId);
  }

  /** Those of the last 30 days, the newest first. */
  recent(): readonly Task[] {
    this.forgetOld();
    return [...this.all.values()].reverse();
  }

  /** Begins a task that does its work at the end of its time, as a change that is not there yet while it runs. */
  start(instanceId: string, type: TaskType, work: () => Promise<void>): Task {
    this.forgetOld();
    const taskId = this.nextTaskId();
    const task: Task = { taskId, instanceId, type, startedAt: this.now(), status: "preparing", message: "" };
    this.all.set(taskId, task);
    void this.run(task, work);
    return task;
  }

  /** Ends the waiting of all tasks that still run: their work is not done. */
  stop(): void {
    this.stopped.abort();
  }

  private async run(task: Task, work: () => Promise<void>): Promise<void> {
    try {
      await this.wait(0.1);
      task.status = "running";
      await this.wait(0.9);
      await work();
      task.status = "succeed";
    } catch (error) {
      task.status = "failed";
      task.message = error instanceof Error ? error.message : String(error);
    }
    task.endedAt = this.now();
  }

  private wait(share: number): Promise<void> {
    return sleep(share * this.taskSeconds * 1000, undefined, { signal: this.stopped.signal });
  }

  private forgetOld(): void {
    const oldest = this.now().getTime() - rememberedMs;
    for (const [taskId, { startedAt }] of this.all) {
      if (startedAt.getTime() > oldest) return;
      this.all.delete(taskId);
    }
  }
}
