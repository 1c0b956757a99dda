import { acceptedTask } from "../../../support/acceptedTask";
import { ApiError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import type { Call, Client } from "../../../../provider/tencentcloud/client/client";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { TaskReader } from "../../../../provider/tencentcloud/redis/taskReader";
import { clockWith } from "../../support/clock";

/** The numbers that the service returns as results of tasks, by task id. */
type Results = Readonly<Record<number, number>>;

const done: Results = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [index + 1, 2]));

/** A task whose instance was looked at just before. */
const task = (taskId: number) => acceptedTask({ taskId, othersReadAtMs: 0 });

const asked = "2026-11-24 10:00:00";
const listed = "2026-11-24 11:00:00";
const ended = "2026-11-24 12:00:00";

/** Simulates a service that lists these tasks, newest first, and a reader, in virtual time that only sleeping advances. */
function play(
  results: Results = done,
  listFailures: Error[] = [],
  nameInstance: (taskId: number) => string = (taskId) => `crs-${taskId}`,
  chooseStart: (taskId: number) => string = () => listed,
) {
  const sleeps: number[] = [];
  const calls: Call[] = [];
  let nowMs = 0;
  const sleep = (delayMs: number) => {
    sleeps.push(delayMs);
    nowMs += delayMs;
    return Promise.resolve();
  };
  const client: Client = (call) => {
    calls.push(call);
    const { action } = call;
    const parameters = call.parameters as { Offset: number; Limit: number };
    const envelope = { RequestId: "r1", answeredAtMs: 5 };
    if (action === "DescribeTaskInfo") return Promise.resolve({ ...envelope, Status: "succeed", StartTime: asked });
    const failure = listFailures.shift();
    if (failure) return Promise.reject(failure);
    const tasks = Object.entries(results)
      .map(([taskId, Result]) => ({ TaskId: Number(taskId), InstanceId: nameInstance(Number(taskId)), Result }))
      .map((task) => ({ ...task, StartTime: chooseStart(task.TaskId), EndTime: ended }))
      .sort((one, other) => other.TaskId - one.TaskId);
    const { Offset, Limit } = parameters;
    return Promise.resolve({ ...envelope, Tasks: tasks.slice(Offset, Offset + Limit) });
  };
  const reader = new TaskReader(clockWith({ elapsedMs: () => nowMs, sleep }));
  const read = (taskId: number, seconds = 600) => reader.read(client, task(taskId), deadlineIn(seconds, systemClock));
  const readAll = (taskIds: number[]) => Promise.all(taskIds.map((taskId) => read(taskId)));
  /** Returns the requests, with the offset of a list or the id of a task. */
  const sent = () =>
    calls.map(({ action, parameters }) => {
      const { Offset, TaskId } = parameters as { Offset?: number; TaskId?: number };
      return `${action} ${String(TaskId ?? Offset)}`;
    });
  return { reader, client, read, readAll, sent, calls, sleeps, wait: sleep };
}

describe("requested tasks", () => {
  it("are read individually if they come one after another, half a second apart", async () => {
    const { read, sent, sleeps } = play();
    for (const taskId of [1, 2, 3]) expect(await read(taskId)).toMatchObject({ status: "succeed" });
    expect(sent()).toEqual(["DescribeTaskInfo 1", "DescribeTaskInfo 2", "DescribeTaskInfo 3"]);
    expect(sleeps).toEqual([0, 500, 500]);
  });

  it("are read immediately after a pause", async () => {
    const { read, sleeps, wait } = play();
    await read(1);
    await wait(500);
    await read(1);
    expect(sleeps).toEqual([0, 500, 0]);
  });

  it("are not read once no caller waits for them", async () => {
    const { read, sent } = play();
    await read(1);
    // The next poll is due in half a second.
    void read(2, 0);
    await read(3);
    expect(sent()).toEqual(["DescribeTaskInfo 1", "DescribeTaskInfo 3"]);
  });

  it("share one list in pairs, and leave a second for others to join", async () => {
    const { readAll, sent, sleeps } = play();
    await readAll([249, 250]);
    await readAll([249]);
    expect(sent()).toEqual(["DescribeTaskList 0", "DescribeTaskInfo 249"]);
    expect(sleeps).toEqual([0, 1000]);
  });

  it("share one list in groups of three or more, with the times of each", async () => {
    const { readAll, calls } = play();
    const tasks = await readAll([248, 249, 250]);
    expect(calls.map(({ action, parameters }) => ({ action, parameters }))).toEqual([
      { action: "DescribeTaskList", parameters: { TaskTypes: ["007", "035", "037"], Limit: 100, Offset: 0 } },
    ]);
    const told = { status: "succeed", message: "", startTime: listed, endTime: ended, answeredAtMs: 5 };
    const others = { tasks: [], areAll: false };
    expect(tasks).toEqual([248, 249, 250].map(() => ({ ...told, others })));
  });

  it("are returned with the other tasks of the same instance on that page", async () => {
    const nameInstance = (taskId: number) => (taskId % 2 === 0 ? "crs-even" : "crs-odd");
    const { readAll } = play({ 1: 2, 2: 1, 3: 2, 4: 4, 5: 2 }, [], nameInstance);
    const [one, two] = await readAll([1, 2, 3]);
    expect(one?.others?.tasks.map(({ taskId, status }) => [taskId, status])).toEqual([
      [5, "succeed"],
      [3, "succeed"],
    ]);
    expect(two?.others?.tasks.map(({ taskId, status }) => [taskId, status])).toEqual([[4, "ended"]]);
    // The whole list fits on this page.
    expect(one?.others?.areAll).toBe(true);
  });

  it.each([
    ["all other tasks if the list goes back to more than 15 s before their start", "2026-11-24 10:59:44", true],
    ["perhaps not all other tasks if the list goes back to 15 s before their start", "2026-11-24 10:59:45", false],
  ])("are returned with %s", async (_, earlier, areAll) => {
    const { readAll } = play(done, [], undefined, (taskId) => (taskId > 240 ? listed : earlier));
    for (const { others } of await readAll([248, 249, 250])) expect(others).toEqual({ tasks: [], areAll });
  });

  it("are returned with all other tasks if the list goes back to the time when their caller read them", async () => {
    const { reader, client } = play(done, [], undefined, (taskId) => (taskId > 240 ? listed : "2026-11-24 10:59:20"));
    const ask = (taskId: number, othersReadAtMs?: number) =>
      reader.read(client, acceptedTask({ taskId, othersReadAtMs }), deadlineIn(600, systemClock));
    const read = await Promise.all([ask(248, -20_000), ask(249, -25_000), ask(250)]);
    expect(read.map(({ others }) => others?.areAll)).toEqual([true, false, false]);
  });

  it("wait at most 5 s for a list", async () => {
    const { readAll, calls } = play();
    await readAll([248, 249, 250]);
    expect(calls[0]?.deadline.remainingMs()).toBe(5000);
  });

  it("are searched on as many pages as needed", async () => {
    const { readAll, sent } = play();
    await readAll([250, 151, 150, 60]);
    expect(sent()).toEqual(["DescribeTaskList 0", "DescribeTaskList 100"]);
  });
});

describe("a list", () => {
  it("shows which tasks are still running", async () => {
    const { readAll } = play({ 1: 0, 2: 1, 3: 2 });
    expect((await readAll([1, 2, 3])).map(({ status }) => status)).toEqual(["running", "running", "succeed"]);
  });

  it.each([
    ["have failed, because it contains no reason", { 1: 2, 2: 2, 3: 4 }],
    ["have an undocumented result", { 1: 2, 2: 2, 3: 3 }],
    ["are not in it", { 1: 2, 2: 2 }],
  ])("leaves tasks to be read individually that %s", async (_, results) => {
    const { readAll, sent } = play(results);
    const startTimes = (await readAll([1, 2, 3])).map(({ startTime }) => startTime);
    expect(startTimes).toEqual([listed, listed, asked]);
    expect(sent()).toEqual(["DescribeTaskList 0", "DescribeTaskInfo 3"]);
  });

  it("is read up to one page per requested task", async () => {
    const { readAll, sent } = play(Object.fromEntries(Array.from({ length: 450 }, (_, index) => [index + 1, 2])));
    await readAll([1, 2, 3]);
    const pages = [0, 100, 200].map((offset) => `DescribeTaskList ${offset}`);
    expect(sent()).toEqual([...pages, ...[1, 2, 3].map((taskId) => `DescribeTaskInfo ${taskId}`)]);
  });

  const singles = [248, 249, 250].map((taskId) => `DescribeTaskInfo ${taskId}`);

  it("that is late is requested again at the next poll", async () => {
    const { readAll, sent, calls } = play(done, [new TransportError("DescribeTaskList", "lost", "no answer")]);
    await readAll([248, 249, 250]);
    await readAll([248, 249, 250]);
    expect(sent()).toEqual(["DescribeTaskList 0", ...singles, "DescribeTaskList 0"]);
    expect(calls[0]?.deadline.seconds).toBe(5);
  });

  it("that is temporarily refused is also requested again", async () => {
    const { readAll, sent } = play(done, [new ApiError("DescribeTaskList", "RequestLimitExceeded", "r", "No.")]);
    await readAll([248, 249, 250]);
    await readAll([248, 249, 250]);
    expect(sent()).toEqual(["DescribeTaskList 0", ...singles, "DescribeTaskList 0"]);
  });

  it("that is permanently refused is never requested again, and no caller waits for it", async () => {
    const { readAll, sent, sleeps } = play(done, [
      new ApiError("DescribeTaskList", "UnauthorizedOperation", "r", "No."),
    ]);
    await readAll([248, 249, 250]);
    await readAll([248, 249, 250]);
    expect(sent()).toEqual(["DescribeTaskList 0", ...singles, ...singles]);
    expect(sleeps).toEqual([0, 0]);
  });
});
