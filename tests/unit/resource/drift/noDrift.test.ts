import type { Baseline } from "../../../../provider/resource/contract/state";
import {
  type ServiceReport,
  adopted,
  adoptedEarlier,
  earlierReset,
  compare,
  day,
  knowing,
  ourReset,
  ours,
  oursWithEnd,
} from "../../support/compare";

it.each<[string, ServiceReport, Baseline?]>([
  ["the time of our own reset", { setAt: "12:00:05", resets: [ours] }],
  ["a time during our own reset", { setAt: "12:00:00", resets: [ours] }],
  ["no time, and our own reset the last", { resets: [ours] }],
  ["no time, and all tasks forgotten", { resets: [] }],
  ["a time that does not move with resets", { setAt: "09:00:00", resets: [ours] }],
  ["an earlier reset", { setAt: "12:00:05", resets: [ours, [99, "11:00:00"]] }],
  ["an earlier reset in the same second", { setAt: "12:00:05", resets: [ours, [99, "12:00:00"]] }],
  ["the service's machines disagreeing by a minute", { setAt: "12:01:05", resets: [ours], accountChanges: [] }],
  [
    "a change of the account long after, while the machines disagree",
    { setAt: "12:00:08", resets: [ours], accountChanges: [[150, "13:00:00"]] },
  ],
  [
    "a change of the account before, while the machines disagree",
    { setAt: "12:00:08", resets: [ours], accountChanges: [[99, "11:59:59"]] },
  ],
  [
    "a time in another zone than those of the tasks",
    { setAt: "20:00:06", resets: [oursWithEnd], accountChanges: [[101, "15:00:00", "15:00:01"]] },
  ],
  [
    "a time as far ahead as time zones can be",
    { setAt: "14:00:05" },
    { taskId: 1, taskStartTime: `${day} 00:00:00`, passwordTime: `${day} 00:00:05` },
  ],
  [
    "a change of another account soon after, while the machines disagree",
    { setAt: "12:00:06", resets: [oursWithEnd], accountChanges: [[101, "12:00:20", "12:00:21"]] },
  ],
  [
    "a reset that began after ours and ended before it",
    { setAt: "12:00:05", resets: [oursWithEnd, [101, "12:00:01", "12:00:03"]] },
  ],
  ["the same time after an adoption", { setAt: "12:00:05", resets: [earlierReset] }, adoptedEarlier],
  ["an earlier time after an adoption", { setAt: "12:00:04" }, adoptedEarlier],
  ["no time any more after an adoption", {}, adoptedEarlier],
  ["anything where nothing is known of the reset", {}, {}],
  ["a reset, where it is not known when the one before began", { resets: [earlierReset] }, { passwordTime: "" }],
  [
    "an earlier reset that ended in the same second, as was known before ours was sent",
    { setAt: "12:00:05", resets: [oursWithEnd, [99, "11:59:59", "12:00:05"]] },
    knowing(99),
  ],
  [
    "an older reset that ended before ours, though it was not known then",
    { resets: [oursWithEnd, [99, "11:59:59", "12:00:04"]] },
    knowing(98),
  ],
  ["a newer task that has failed", { resets: [oursWithEnd], failed: [[101, "12:00:06", "12:00:07"]] }, knowing(100)],
  [
    "the adopted instance's own last reset, however much its end and the time differ",
    { setAt: "12:00:05", resets: [[100, "12:00:00", "12:00:09"]] },
    adopted(100),
  ],
  ["that an adopted instance has no tasks", { setAt: "12:00:05" }, adopted(0)],
])("no drift is found in %s", async (_, service, baseline = ourReset) => {
  const { reason, said } = await compare(service, baseline);
  expect({ reason, said }).toEqual({ reason: undefined, said: [] });
});
