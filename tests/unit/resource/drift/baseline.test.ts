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
  ["with nothing where it is complete", { setAt: "12:00:06", resets: [oursWithEnd] }, knowing(99), knowing(99)],
  ["with both times of the list", { resets: [oursWithEnd] }, { taskId: 100, newestTaskId: 99 }, knowing(99)],
  [
    "with the newest task that has ended",
    { resets: [oursWithEnd], failed: [[99, "11:00:00"]], running: [[98, "13:00:00"]] },
    ourReset,
    knowing(100),
  ],
  ["with our own task where none is listed", {}, ourReset, knowing(100)],
  [
    "with the time of the account where ours is no longer listed",
    { setAt: "12:00:05" },
    { taskId: 100, newestTaskId: 100 },
    { taskId: 100, passwordTime: at("12:00:05"), newestTaskId: 100 },
  ],
  [
    "with the beginning only, where the list does not tell the end",
    { setAt: "12:00:05", resets: [ours] },
    { taskId: 100 },
    { taskId: 100, taskStartTime: at("12:00:00"), newestTaskId: 100 },
  ],
  ["with the time of the account after an adoption", { setAt: "12:00:05", resets: [earlierReset] }, {}, adopted(99)],
  ["with what there is where the service keeps no time", { resets: [earlierReset] }, {}, { newestTaskId: 99 }],
])("a recorded baseline is completed %s", async (_, report, recorded, expected) => {
  await expect(compare(report, recorded)).resolves.toHaveProperty("baseline", expected);
});

it.each<[string, ServiceReport, Baseline, boolean]>([
  [
    "when the password was set, and the newest task that has ended, whatever its kind and its end",
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
  ["no time where the service keeps none", { resets: [earlierReset] }, { newestTaskId: 99 }, true],
  [
    "no time where it is refused",
    { setAt: refusal("DescribeInstanceAccount"), resets: [earlierReset] },
    { newestTaskId: 99 },
    false,
  ],
  [
    "no task where the list is refused",
    { setAt: "12:00:05", list: refusal("DescribeTaskList") },
    { passwordTime: at("12:00:05") },
    false,
  ],
  [
    "nothing where all is refused",
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
      "its beginning and its end",
      `${day} 12:00:00`,
      5000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:05` },
    ],
    [
      "an end no earlier than its beginning",
      `${day} 12:00:00`,
      -9000,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:00` },
    ],
    ["nothing, where the service does not tell its beginning", "", 5000, {}],
    ["nothing, where it tells it in other words", "yesterday", 5000, {}],
    ["nothing, where its clock is beyond all calendars", `${day} 12:00:00`, 8.64e15 - acceptedAtMs, {}],
    ["nothing, where the time of its acceptance is none", `${day} 12:00:00`, NaN, {}],
  ])("is %s", (_, startTime, tookMs, expected) => {
    expect(resetBaseline({ startTime, answeredAtMs: acceptedAtMs + tookMs }, acceptedAtMs)).toStrictEqual(expected);
  });

  it.each<[string, string, Baseline]>([
    [
      "its end, where the list tells it",
      `${day} 12:00:00`,
      { taskStartTime: `${day} 12:00:00`, passwordTime: `${day} 12:00:03` },
    ],
    ["nothing, where the list tells no more than its end", "", {}],
  ])("is %s", (_, startTime, expected) => {
    const task = { startTime, endTime: `${day} 12:00:03`, answeredAtMs: acceptedAtMs + 5000 };
    expect(resetBaseline(task, acceptedAtMs)).toStrictEqual(expected);
  });
});
