import { Tasks, taskIds, taskTypes } from "../../../../local-cloud/model/tasks";

const day = 24 * 3_600_000;

beforeEach(() => jest.useFakeTimers({ now: new Date("2026-01-02T03:04:05Z") }));
afterEach(() => jest.useRealTimers());

const start = (tasks: Tasks) =>
  tasks.start({ instanceId: "crs-5a4py64p" }, taskTypes.resetPassword, () => Promise.resolve());

it("a task is known for 30 days", () => {
  const tasks = new Tasks(0, taskIds());
  const { taskId } = start(tasks);
  jest.setSystemTime(Date.now() + 30 * day - 1);
  expect(tasks.recent()).toHaveLength(1);
  jest.setSystemTime(Date.now() + 1);
  const next = start(tasks);
  expect(tasks.find(taskId)).toBeUndefined();
  expect(tasks.recent()).toEqual([next]);
});

it("the tasks of all regions have one sequence of numbers", () => {
  const ids = taskIds();
  expect([new Tasks(0, ids), new Tasks(0, ids)].map((tasks) => start(tasks).taskId)).toEqual([16657, 16658]);
});
