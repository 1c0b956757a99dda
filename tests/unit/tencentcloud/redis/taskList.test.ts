import { type ListedTask, splitUnfinished } from "../../../../provider/tencentcloud/redis/taskList";

const answeredAtMs = Date.UTC(2026, 0, 2);

const running = (taskId: number, startTime: string): ListedTask => ({
  taskId,
  instanceId: "crs-5a4py64p",
  type: "007",
  status: "running",
  startTime,
  endTime: "",
});

// The service returns times in China's time zone.
it.each([
  ["2026-01-01 08:00:00", "awaited"],
  ["2026-01-01 07:59:59", "ignored"],
  ["2026-01-02 07:00:00", "awaited"],
  ["", "awaited"],
  ["yesterday", "awaited"],
])("a task that has been running since %j is %s: nothing waits for one older than a day", (startTime, expected) => {
  const task = running(7, startTime);
  expect(splitUnfinished([task], answeredAtMs)).toEqual({ awaited: [], ignored: [], [expected]: [task] });
});

it("tasks that have ended, and the excluded one, are neither awaited nor ignored", () => {
  const [own, other] = [running(7, ""), running(8, "")];
  const ended: ListedTask[] = [
    { ...own, taskId: 9, status: "succeed" },
    { ...own, taskId: 10, status: "ended" },
  ];
  expect(splitUnfinished([own, ...ended, other], answeredAtMs, 7)).toEqual({ awaited: [other], ignored: [] });
});
