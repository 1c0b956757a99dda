import type { Client } from "../../../../provider/tencentcloud/client/client";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { listAllTasks } from "../../../../provider/tencentcloud/redis/describeTaskList";
import { answeredAtMs, scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);

const entry = (TaskId: number, changes: object = {}) => ({ TaskId, InstanceId: "crs-5a4py64p", Result: 2, ...changes });
const page = (newest: number, length = 100) => ({
  Tasks: Array.from({ length }, (_, index) => entry(newest - index)),
});

describe("all pages", () => {
  /** Returns the requested part of a list, and then removes this many of the newest tasks from it. */
  function serve(count: number, leaving: number) {
    let { Tasks } = page(count, count);
    const ranges: { offset: number; limit: number }[] = [];
    const client: Client = ({ parameters }) => {
      const { Offset: offset, Limit: limit } = parameters as { Offset: number; Limit: number };
      ranges.push({ offset, limit });
      const answer = {
        RequestId: "r1",
        answeredAtMs,
        TotalCount: Tasks.length,
        Tasks: Tasks.slice(offset, offset + limit),
      };
      Tasks = Tasks.slice(leaving);
      return Promise.resolve(answer);
    };
    return { client, ranges };
  }

  it("are read to the last one, although tasks leave the list meanwhile", async () => {
    const { client, ranges } = serve(250, 10);
    const { tasks } = await listAllTasks(client, {}, deadline);
    expect(tasks.map(({ taskId }) => taskId)).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
    expect(ranges).toHaveLength(3);
  });

  it("begin at multiples of their length, as the service requires", async () => {
    const { client, ranges } = serve(4000, 0);
    await listAllTasks(client, {}, deadline);
    expect(ranges.length).toBeGreaterThan(40);
    for (const { offset, limit } of ranges) expect(offset % limit).toBe(0);
    expect(Math.max(...ranges.map(({ limit }) => limit))).toBe(100);
  });

  it("may list a task twice: the last one read counts, and the time of its response", async () => {
    const first = { Tasks: [...page(250, 99).Tasks, entry(100, { Result: 1 })] };
    const { client } = scriptedClient(first, { Tasks: [entry(100)], answeredAtMs: answeredAtMs + 9 });
    const { tasks, answeredAtMs: last } = await listAllTasks(client, {}, deadline);
    expect(tasks.filter(({ taskId }) => taskId === 100)).toMatchObject([{ status: "succeed" }]);
    expect(tasks).toHaveLength(100);
    expect(last).toBe(answeredAtMs + 9);
  });

  it("without an end are an error", async () => {
    const { client, calls } = scriptedClient(page(250));
    await expect(listAllTasks(client, {}, deadline)).rejects.toMatchObject({
      name: "TransportError",
      outcome: "unusable",
      message: "DescribeTaskList got no usable answer: the list has more than 50 pages",
    });
    expect(calls).toHaveLength(50);
  });
});
