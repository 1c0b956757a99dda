import { resetBaseline } from "../../../../provider/resource/drift/baseline";
import { adoptionBaseline } from "../../../../provider/resource/drift/compareWithService";
import type { Baseline } from "../../../../provider/resource/contract/state";
import {
  type ServiceReport,
  adopted,
  at,
  earlierReset,
  compare,
  day,
  knowing,
  ourReset,
  ours,
  oursWithEnd,
  refusal,
  serviceReporting,
} from "../../support/compare";

it.each<[string, ServiceReport, Baseline, Baseline]>([
  ["with nothing if it is complete", { setAt: "12:00:06", resets: [oursWithEnd] }, knowing(99), knowing(99)],
  ["with both times in the list", { resets: [oursWithEnd] }, { taskId: 100, newestTaskId: 99 }, knowing(99)],
  [
    "with the newest task that has ended",
    { resets: [oursWithEnd], failed: [[99, "11:00:00"]], running: [[98, "13:00:00"]] },
    ourReset,
    knowing(100),
  ],
  ["with our own task if none is listed", {}, ourReset, knowing(100)],
  [
    "with the time of the account if our task is no longer listed",
    { setAt: "12:00:05" },
    { taskId: 100, newestTaskId: 100 },
    { taskId: 100, passwordTime: at("12:00:05"), newestTaskId: 100 },
  ],
  [
    "with only the start time if the list has no end time",
    { setAt: "12:00:05", resets: [ours] },
    { taskId: 100 },
    { taskId: 100, taskStartTime: at("12:00:00"), newestTaskId: 100 },
  ],
  ["with the time of the account after an adoption", { setAt: "12:00:05", resets: [earlierReset] }, {}, adopted(99)],
  ["with only the newest task if the service has no time", { resets: [earlierReset] }, {}, { newestTaskId: 99 }],
])("a recorded baseline is completed %s", async (_, report, recorded, expected) => {
  await expect(compare(report, recorded)).resolves.toHaveProperty("baseline", expected);
});

it.each<[string, ServiceReport, Baseline, boolean]>([
  [
    "the time of the password, and the newest ended task of any type and result",
    {
      setAt: "12:00:05",
      resets: [[97, "11:00:00"], earlierReset],
      accountChanges: [[100, "11:00:00"]],
      failed: [[101, "11:00:00"]],
      running: [[102, "11:00:00"]],
    },
    adopted(101),
    true,
  ],
  ["that there was no task", { setAt: "12:00:05" }, adopted(0), true],
  ["no time if the service has none", { resets: [earlierReset] }, { newestTaskId: 99 }, true],
  [
    "no time if reading it is refused",
    { setAt: refusal("DescribeInstanceAccount"), resets: [earlierReset] },
    { newestTaskId: 99 },
    false,
  ],
  [
    "no task if the list is refused",
    { setAt: "12:00:05", list: refusal("DescribeTaskList") },
    { passwordTime: at("12:00:05") },
    false,
  ],
  [
    "nothing if both reads are refused",
    { setAt: refusal("DescribeInstanceAccount"), list: refusal("DescribeTaskList") },
    {},
    false,
  ],
])("an adoption records %s", async (_, report, baseline, isComplete) => {
  await expect(adoptionBaseline(serviceReporting(report).service)).resolves.toStrictEqual({ baseline, isComplete });
});

describe("what is recorded of a reset", () => {
  const acceptedAtMs = Date.UTC(2026, 0, 2, 4, 0, 0);

  it.each<[string, string, number, Baseline]>([
    [
      "its start time and its end time",
      `${day} 12:00:00`,
      5000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` },
    ],
    [
      "an end time no earlier than its start time",
      `${day} 12:00:00`,
      -9000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:00` },
    ],
    ["nothing if the service returns no start time", "", 5000, {}],
    ["nothing if the start time is invalid", "yesterday", 5000, {}],
    ["nothing if the time of the response is out of range", `${day} 12:00:00`, 8.64e15 - acceptedAtMs, {}],
    ["nothing if the time of the response is not a number", `${day} 12:00:00`, NaN, {}],
  ])("is %s", (_, startTime, tookMs, expected) => {
    expect(resetBaseline({ startTime, answeredAtMs: acceptedAtMs + tookMs }, acceptedAtMs)).toStrictEqual(expected);
  });

  it.each<[string, string, Baseline]>([
    [
      "its end time from the list",
      `${day} 12:00:00`,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:03` },
    ],
    ["nothing if the list has only its end time", "", {}],
  ])("is %s", (_, startTime, expected) => {
    const task = { startTime, endTime: `${day} 12:00:03`, answeredAtMs: acceptedAtMs + 5000 };
    expect(resetBaseline(task, acceptedAtMs)).toStrictEqual(expected);
  });
});
