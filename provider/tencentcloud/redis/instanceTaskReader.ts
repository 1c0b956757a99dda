import { refusalKind } from "../errors/classify";
import { TransportError } from "../errors/errors";
import type { Client } from "../client/client";
import { type Clock, systemClock } from "../retry/clock";
import { type Deadline, deadlineIn, within } from "../retry/deadline";
import { instanceTasks, listAllTasks } from "./describeTaskList";
import { optionalReadMs } from "./optionalReadMs";
import { type ListedTask, isUnfinished } from "./taskList";

/** The tasks of an instance that can change its password, as they were when they were asked for. */
export interface InstanceTasks {
  readonly unfinished: readonly ListedTask[];
  /** Absent where only unfinished ones were asked for. */
  readonly finished?: readonly ListedTask[];
  /** By the service's clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
}

/** One answer about the unfinished tasks of a whole region, and when it was requested. */
interface RegionAnswer {
  readonly requestedAt: number;
  readonly tasks: readonly ListedTask[];
  readonly answeredAtMs: number;
}

/** Up to this many instances are read one by one, which tells more. */
const mostSingleReads = 2;

/** The least time from one request for a region to the next, so that many share an answer. */
const gapMs = 1000;

/** A list that takes longer is given up: other things than its own failures can only be the rate limit. */
const listSeconds = 30;

/**
 * Tells which tasks can still change the password of an instance. More than a few instances share the answers about
 * their region: then 200 resets need some twenty requests.
 */
export class InstanceTaskReader {
  private readonly instanceIds = new Set<string>();
  private latest: RegionAnswer | undefined;
  /** Not requested yet. */
  private next: Promise<RegionAnswer> | undefined;
  private lastRequestedAt = -Infinity;
  private refusal: unknown;

  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * Reads the tasks of an instance.
   *
   * @param notBefore now or earlier, by the clock: an answer that was requested before it does not count
   * @throws what is still wrong after some seconds; a missing permission is remembered, and nothing asked again
   */
  async read(client: Client, instanceId: string, notBefore: number, deadline: Deadline): Promise<InstanceTasks> {
    this.instanceIds.add(instanceId);
    if (this.instanceIds.size <= mostSingleReads) return this.readAll(client, instanceId, deadline);
    const { tasks, answeredAtMs } = await this.unlessDenied(() => this.readRegion(client, notBefore, deadline));
    return { unfinished: tasks.filter((task) => task.instanceId === instanceId), answeredAtMs };
  }

  /** Reads finished tasks too, which only the instance's own list tells. */
  async readAll(client: Client, instanceId: string, deadline: Deadline): Promise<Required<InstanceTasks>> {
    const { tasks, answeredAtMs } = await this.unlessDenied(() => instanceTasks(client, instanceId, deadline));
    return sortByEnd(tasks, answeredAtMs);
  }

  /** Asks, unless the permission for it was missing before. */
  private async unlessDenied<T>(ask: () => Promise<T>): Promise<T> {
    if (this.refusal !== undefined) throw this.refusal as Error;
    try {
      return await ask();
    } catch (error) {
      // Any other refusal may be about this instance only.
      if (refusalKind(error) === "denied") this.refusal = error;
      throw error;
    }
  }

  private async readRegion(client: Client, notBefore: number, deadline: Deadline): Promise<RegionAnswer> {
    if (this.latest && this.latest.requestedAt >= notBefore) return this.latest;
    // One that is still to be requested serves everybody who asks until then.
    this.next ??= this.request(client);
    return within(deadline, this.next, () => new TransportError("DescribeTaskList", "lost", "no answer in time"));
  }

  private async request(client: Client): Promise<RegionAnswer> {
    await this.clock.sleep(Math.max(0, this.lastRequestedAt + gapMs - this.clock.elapsedMs()));
    this.next = undefined;
    const requestedAt = this.clock.elapsedMs();
    this.lastRequestedAt = requestedAt;
    // Of no resource's own deadline: others wait for the answer, too.
    const deadline = deadlineIn(listSeconds, this.clock);
    const listed = await listAllTasks(client, { areUnfinished: true }, deadline, optionalReadMs);
    return (this.latest = { requestedAt, ...listed });
  }
}

/** Sorts all tasks of an instance by whether they have ended. */
export const sortByEnd = (tasks: readonly ListedTask[], answeredAtMs: number): Required<InstanceTasks> => ({
  unfinished: tasks.filter(isUnfinished),
  finished: tasks.filter((task) => !isUnfinished(task)),
  answeredAtMs,
});
