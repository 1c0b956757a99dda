import { setMaxListeners } from "node:events";

import { type Clock, realClock } from "../system/clock";

/** The kinds of tasks, by the codes that DescribeTaskList uses. */
export const taskTypes = {
  resetPassword: { code: "007", name: "FLOW_SETPWD" },
  switchToPasswordFree: { code: "035", name: "FLOW_MODIFYINSTANCEPASSWORDFREE" },
  changeAccount: { code: "037", name: "FLOW_MODIFYINSTANCEACCOUNT" },
} as const;

export type TaskType = (typeof taskTypes)[keyof typeof taskTypes];

/** A change of an instance that takes some time. */
export interface Task {
  readonly taskId: number;
  readonly instanceId: string;
  /** The account that it changes. The API does not return it. */
  readonly accountName?: string | undefined;
  readonly type: TaskType;
  readonly startedAt: Date;
  endedAt?: Date;
  status: "preparing" | "running" | "succeed" | "failed" | "error";
  message: string;
}

/** The instance and account that a task changes. */
export type TaskSubject = Pick<Task, "instanceId" | "accountName">;

/** A fault of a task, or of the response with its id. */
export type TaskFault = { readonly subject: "task" } & (
  | { readonly kind: "task-fail"; readonly message: string }
  | { readonly kind: "task-error" | "task-stuck" }
  | { readonly kind: "task-slow"; readonly seconds: number }
  | { readonly kind: "task-forgotten" }
  | { readonly kind: "task-id"; readonly taskId: number | undefined }
);

/** The id of the first task, from the example in the vendor's documentation. */
const firstTaskId = 16657;

/** Returns a function that returns the next task id, unique across all regions. */
export function taskIds(): () => number {
  let next = firstTaskId;
  return () => next++;
}

/** How long a task is kept, in milliseconds. */
const rememberedMs = 30 * 24 * 3_600_000;

/** The tasks of a region since the cloud started. */
export class Tasks {
  private readonly all = new Map<number, Task>();
  private readonly stopped = new AbortController();
  private readonly stuck = new Set<() => void>();
  private readonly working = new Set<Promise<void>>();

  /** @param taskSeconds how long every task takes, unless a fault changes it */
  constructor(
    private readonly taskSeconds: number,
    private readonly nextTaskId: () => number,
    private readonly clock: Clock = realClock,
  ) {
    // Each waiting task adds a listener.
    setMaxListeners(0, this.stopped.signal);
  }

  find(taskId: number): Task | undefined {
    return this.all.get(taskId);
  }

  /** Returns the tasks of the last 30 days, newest first. */
  recent(): readonly Task[] {
    this.forgetOld();
    return [...this.all.values()].reverse();
  }

  /** Returns the accounts of an instance that a running task changes. */
  accountsInChange(instanceId: string): ReadonlySet<string | undefined> {
    const running = [...this.all.values()].filter((task) => task.instanceId === instanceId && !task.endedAt);
    return new Set(running.map(({ accountName }) => accountName));
  }

  /** Starts a task. It does its work at its end, so the change is not visible while it runs. */
  start({ instanceId, accountName }: TaskSubject, type: TaskType, work: () => Promise<void>, fault?: TaskFault): Task {
    this.forgetOld();
    const taskId = this.nextTaskId();
    const startedAt = this.clock.now();
    const task: Task = { taskId, instanceId, accountName, type, startedAt, status: "preparing", message: "" };
    if (fault?.kind === "task-forgotten") return task;
    this.all.set(taskId, task);
    void this.run(task, work, fault);
    return task;
  }

  /** Resumes the tasks that a fault has stopped. */
  releaseStuck(): void {
    for (const release of this.stuck) release();
    this.stuck.clear();
  }

  /** Resolves once no task is working. */
  async settled(): Promise<void> {
    while (this.working.size > 0) await Promise.allSettled(this.working);
  }

  /** Ends all running tasks, without their work. */
  stop(): void {
    this.stopped.abort();
  }

  private async run(task: Task, work: () => Promise<void>, fault: TaskFault | undefined): Promise<void> {
    const seconds = fault?.kind === "task-slow" ? fault.seconds : this.taskSeconds;
    const released = fault?.kind === "task-stuck" ? this.untilReleased() : undefined;
    try {
      await this.wait(0.1 * seconds);
      task.status = "running";
      await this.wait(0.9 * seconds);
      await released;
      if (fault?.kind === "task-fail") throw new Error(fault.message);
      if (fault?.kind !== "task-error") await this.track(work);
      task.status = fault?.kind === "task-error" ? "error" : "succeed";
    } catch (error) {
      task.status = "failed";
      task.message = error instanceof Error ? error.message : String(error);
    }
    task.endedAt = this.clock.now();
  }

  private async track(work: () => Promise<void>): Promise<void> {
    const working = work();
    this.working.add(working);
    try {
      await working;
    } finally {
      this.working.delete(working);
    }
  }

  private wait(seconds: number): Promise<void> {
    return this.clock.sleep(seconds * 1000, this.stopped.signal);
  }

  private untilReleased(): Promise<void> {
    return new Promise((release) => this.stuck.add(release));
  }

  private forgetOld(): void {
    const oldest = this.clock.now().getTime() - rememberedMs;
    for (const [taskId, { startedAt }] of this.all) {
      if (startedAt.getTime() > oldest) return;
      this.all.delete(taskId);
    }
  }
}
