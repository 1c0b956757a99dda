import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { listInstanceTasks, listTasks } from "../../../../provider/tencentcloud/redis/describeTaskList";
import { answeredAtMs, scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600, systemClock);

const first = { offset: 0, limit: 100 };
const entry = (TaskId: number, changes: object = {}) => ({ TaskId, InstanceId: "crs-5a4py64p", Result: 2, ...changes });
const page = (newest: number, length = 100) => ({
  Tasks: Array.from({ length }, (_, index) => entry(newest - index)),
});

describe("a page", () => {
  it.each([
    ["all tasks of a region that can change a password", {}, { TaskTypes: ["007", "035", "037"] }],
    [
      "the tasks of one instance",
      { instanceId: "crs-5a4py64p" },
      { InstanceId: "crs-5a4py64p", TaskTypes: ["007", "035", "037"] },
    ],
    ["tasks of some types", { types: ["007" as const] }, { TaskTypes: ["007"] }],
    ["unfinished tasks", { areUnfinished: true }, { TaskTypes: ["007", "035", "037"], Result: [0, 1] }],
  ])("is requested for %s", async (_, filter, parameters) => {
    const { client, calls } = scriptedClient({ Tasks: [] });
    await listTasks(client, filter, { offset: 200, limit: 50 }, deadline);
    expect(calls).toEqual([
      { action: "DescribeTaskList", parameters: { ...parameters, Limit: 50, Offset: 200 }, deadline },
    ]);
  });

  it("passes the patience to the client", async () => {
    const { client, calls } = scriptedClient({ Tasks: [] });
    await listTasks(client, {}, first, deadline, 5000);
    expect(calls).toMatchObject([{ patienceMs: 5000 }]);
  });

  it.each<[string, { StartTime?: unknown; EndTime?: unknown; Result?: unknown }, string]>([
    ["with its times, as succeeded", { StartTime: "2026-01-02 12:00:00", EndTime: "2026-01-02 12:00:05" }, "succeed"],
    ["that is initialized, as running", { Result: 0, StartTime: "2026-01-02 12:00:00", EndTime: null }, "running"],
    ["that is running, without invalid times", { Result: 1, StartTime: "soon", EndTime: 5 }, "running"],
    ["that has failed, as ended", { Result: 4 }, "ended"],
    ["with an undocumented result, as ended", { Result: 3 }, "ended"],
    ["whose result is not a number, as running", { Result: "2" }, "running"],
    ["without a result, as running", { Result: undefined }, "running"],
    ["without a result but with an end time, as ended", { Result: null, EndTime: "2026-01-02 12:00:05" }, "ended"],
  ])("returns a task %s", async (_, changes, status) => {
    const { client } = scriptedClient({ Tasks: [entry(7, { TaskType: "007", ...changes })] });
    const isTime = (time: unknown) => typeof time === "string" && time.startsWith("2026");
    await expect(listTasks(client, {}, first, deadline)).resolves.toMatchObject({
      tasks: [
        {
          taskId: 7,
          instanceId: "crs-5a4py64p",
          type: "007",
          status,
          startTime: isTime(changes.StartTime) ? changes.StartTime : "",
          endTime: isTime(changes.EndTime) ? changes.EndTime : "",
        },
      ],
    });
  });

  it.each([[null], ["a task"]])("omits the invalid entry %j", async (odd) => {
    const { client } = scriptedClient({ Tasks: [odd, entry(7)] });
    const { tasks } = await listTasks(client, {}, first, deadline);
    expect(tasks.map(({ taskId }) => taskId)).toEqual([7]);
  });

  it("accepts an id that is a string of digits, and returns an unknown type as an empty one", async () => {
    const { client } = scriptedClient({ Tasks: [entry(7, { TaskId: "7", TaskType: 7 })] });
    await expect(listTasks(client, {}, first, deadline)).resolves.toMatchObject({ tasks: [{ taskId: 7, type: "" }] });
  });

  it.each([
    [{}, "TaskId"],
    [{ TaskId: null, InstanceId: "crs-5a4py64p" }, "TaskId"],
    [{ TaskId: "seven", InstanceId: "crs-5a4py64p" }, "TaskId"],
    [{ TaskId: 7 }, "InstanceId"],
    [{ TaskId: 7, InstanceId: 5 }, "InstanceId"],
  ])("is unusable with %j, which may be a task that sets a password", async (odd, field) => {
    const { client } = scriptedClient({ Tasks: [entry(7), odd] });
    await expect(listTasks(client, {}, first, deadline)).rejects.toMatchObject({
      outcome: "unusable",
      reason: `the answer has no usable ${field}`,
    });
  });

  it("uses the requested instance if an entry names none", async () => {
    const { client } = scriptedClient({ Tasks: [{ TaskId: 7 }] });
    await expect(listTasks(client, { instanceId: "crs-5a4py64p" }, first, deadline)).resolves.toMatchObject({
      tasks: [{ taskId: 7, instanceId: "crs-5a4py64p" }],
    });
  });

  it.each([
    [100, {}, false],
    [99, {}, true],
    [0, {}, true],
    [100, { TotalCount: 100 }, true],
    [100, { TotalCount: 101 }, false],
    // A total that contradicts the entries is ignored.
    [100, { TotalCount: 99 }, false],
    [100, { TotalCount: "100" }, false],
    [100, { TotalCount: null }, false],
  ])("of %d entries with %j is the last one: %s", async (length, count, isLast) => {
    const { client } = scriptedClient({ ...page(500, length), ...count });
    await expect(listTasks(client, {}, first, deadline)).resolves.toMatchObject({ isLast, answeredAtMs });
  });

  it("that contains an invalid entry still counts as full", async () => {
    const { client } = scriptedClient({ Tasks: [null, ...page(500, 99).Tasks] });
    await expect(listTasks(client, {}, first, deadline)).resolves.toMatchObject({ isLast: false });
  });

  it.each([
    [200, 200],
    [200, 150],
    [0, 0],
  ])("at the offset %d may be null in a list of %d tasks", async (offset, TotalCount) => {
    const { client } = scriptedClient({ Tasks: null, TotalCount });
    const { tasks, isLast } = await listTasks(client, {}, { offset, limit: 100 }, deadline);
    expect({ tasks, isLast }).toEqual({ tasks: [], isLast: true });
  });

  it.each([[{}], [{ Tasks: null }], [{ Tasks: null, TotalCount: 7 }], [{ Tasks: "none" }]])(
    "cannot be read from %j",
    async (answer) => {
      await expect(listTasks(scriptedClient(answer).client, {}, first, deadline)).rejects.toMatchObject({
        name: "TransportError",
        outcome: "unusable",
        reason: "the answer has no usable Tasks",
      });
    },
  );
});

it("the tasks of an instance are read with a patience of 5 s", async () => {
  const { client, calls } = scriptedClient({ Tasks: [{ TaskId: 100 }] });
  await expect(listInstanceTasks(client, "crs-5a4py64p", deadline)).resolves.toMatchObject({
    tasks: [{ taskId: 100 }],
    answeredAtMs,
  });
  const parameters = { InstanceId: "crs-5a4py64p", TaskTypes: ["007", "035", "037"], Limit: 100, Offset: 0 };
  expect(calls).toEqual([{ action: "DescribeTaskList", parameters, deadline, patienceMs: 5000 }]);
});
