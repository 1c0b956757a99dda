import { refusalKind } from "../errors/classify";
import { TransportError } from "../errors/errors";
import type { Client } from "../client/client";
import type { Clock } from "../retry/clock";
import { type Deadline, deadlineIn, within } from "../retry/deadline";
import { listInstanceTasks, listAllTasks } from "./describeTaskList";
import { optionalReadMs } from "./optionalReadMs";
import { type ListedTask, isUnfinished } from "./taskList";

/** The tasks that can change an instance's password, as of the time of the request. */
export interface InstanceTasks {
  readonly unfinished: readonly ListedTask[];
  /** Absent if only unfinished tasks were requested. */
  readonly finished?: readonly ListedTask[];
  /** By the service's clock, in milliseconds since 1970. */
  readonly answeredAtMs: number;
}

/** A response about the unfinished tasks of a whole region, and the time of its request. */
interface RegionAnswer {
  readonly requestedAt: number;
  readonly tasks: readonly ListedTask[];
  readonly answeredAtMs: number;
}

/** Up to this many instances are read individually, which returns finished tasks, too. */
const mostSingleReads = 2;

/** The minimum time between two requests for a region, so that many readers share a response. */
const gapMs = 1000;

/** The timeout of a list. Its own failures end earlier, so a longer wait can only be for the rate limit. */
const listSeconds = 30;

/**
 * Returns the tasks that can still change the password of an instance. Readers of more than a few instances share the
 * responses about their region: 200 resets then need about twenty requests.
 */
export class InstanceTaskReader {
  private readonly instanceIds = new Set<string>();
  private latest: RegionAnswer | undefined;
  /** The request that has not been sent yet. */
  private next: Promise<RegionAnswer> | undefined;
  private lastRequestedAt = -Infinity;
  private refusal: unknown;

  constructor(private readonly clock: Clock) {}

  /**
   * Reads the tasks of an instance.
   *
   * @param notBefore now or earlier, by the clock: responses to requests before this time do not count
   * @throws the last error if the read keeps failing for some seconds; a missing permission is remembered, and nothing
   * is requested again
   */
  async read(client: Client, instanceId: string, notBefore: number, deadline: Deadline): Promise<InstanceTasks> {
    this.instanceIds.add(instanceId);
    if (this.instanceIds.size <= mostSingleReads) return this.readAll(client, instanceId, deadline);
    const { tasks, answeredAtMs } = await this.unlessDenied(() => this.readRegion(client, notBefore, deadline));
    return { unfinished: tasks.filter((task) => task.instanceId === instanceId), answeredAtMs };
  }

  /** Also reads finished tasks, which only the instance's own list contains. */
  async readAll(client: Client, instanceId: string, deadline: Deadline): Promise<Required<InstanceTasks>> {
    const { tasks, answeredAtMs } = await this.unlessDenied(() => listInstanceTasks(client, instanceId, deadline));
    return sortByEnd(tasks, answeredAtMs);
  }

  /** Sends the request, unless the permission for it was missing before. */
  private async unlessDenied<T>(ask: () => Promise<T>): Promise<T> {
    if (this.refusal !== undefined) throw this.refusal as Error;
    try {
      return await ask();
    } catch (error) {
      // Any other refusal may concern this instance only.
      if (refusalKind(error) === "denied") this.refusal = error;
      throw error;
    }
  }

  private async readRegion(client: Client, notBefore: number, deadline: Deadline): Promise<RegionAnswer> {
    if (this.latest && this.latest.requestedAt >= notBefore) return this.latest;
    // A request that has not been sent yet serves all readers until then.
    this.next ??= this.request(client);
    return within(deadline, this.next, () => new TransportError("DescribeTaskList", "lost", "timed out"));
  }

  private async request(client: Client): Promise<RegionAnswer> {
    await this.clock.sleep(Math.max(0, this.lastRequestedAt + gapMs - this.clock.elapsedMs()));
    this.next = undefined;
    const requestedAt = this.clock.elapsedMs();
    this.lastRequestedAt = requestedAt;
    // Independent of the deadline of any one resource, since others wait for the response, too.
    const deadline = deadlineIn(listSeconds, this.clock);
    const listed = await listAllTasks(client, { areUnfinished: true }, deadline, optionalReadMs);
    return (this.latest = { requestedAt, ...listed });
  }
}

/** Splits the tasks of an instance into unfinished and finished ones. */
export const sortByEnd = (tasks: readonly ListedTask[], answeredAtMs: number): Required<InstanceTasks> => ({
  unfinished: tasks.filter(isUnfinished),
  finished: tasks.filter((task) => !isUnfinished(task)),
  answeredAtMs,
});
