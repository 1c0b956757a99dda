import { setTimeout as sleep } from "node:timers/promises";

/** A change of an instance that takes its time. */
export interface Task {
  readonly taskId: number;
  readonly instanceId: string;
  readonly taskType: string;
  readonly startedAt: Date;
  status: "preparing" | "running" | "succeed" | "failed";
  message: string;
}

/** The id of the first task: the one in the vendor's documented example. */
const firstTaskId = 16657;

/** All tasks since the cloud was started. */
export class Tasks {
  private readonly all = new Map<number, Task>();
  private readonly stopped = new AbortController();

  /** @param taskSeconds how long every task takes */
  constructor(private readonly taskSeconds: number) {}

  find(taskId: number): Task | undefined {
    return this.all.get(taskId);
  }

  /** Begins a task that does its work at the end of its time, as a change that is not there yet while it runs. */
  start(instanceId: string, taskType: string, work: () => Promise<void>): Task {
    const taskId = firstTaskId + this.all.size;
    const task: Task = { taskId, instanceId, taskType, startedAt: new Date(), status: "preparing", message: "" };
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
  }

  private wait(share: number): Promise<void> {
    return sleep(share * this.taskSeconds * 1000, undefined, { signal: this.stopped.signal });
  }
}
