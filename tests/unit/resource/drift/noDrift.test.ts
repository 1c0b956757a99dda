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
  ["our own reset as the last task if the service has no time", { resets: [ours] }],
  ["a response without any time or task", { resets: [] }],
  ["a time that resets do not update", { setAt: "09:00:00", resets: [ours] }],
  ["an earlier reset", { setAt: "12:00:05", resets: [ours, [99, "11:00:00"]] }],
  ["an earlier reset in the same second", { setAt: "12:00:05", resets: [ours, [99, "12:00:00"]] }],
  [
    "a time that is a minute later because of the service's clocks",
    { setAt: "12:01:05", resets: [ours], accountChanges: [] },
  ],
  [
    "a change of the account long after if the service's clocks differ",
    { setAt: "12:00:08", resets: [ours], accountChanges: [[150, "13:00:00"]] },
  ],
  [
    "an earlier change of the account if the service's clocks differ",
    { setAt: "12:00:08", resets: [ours], accountChanges: [[99, "11:59:59"]] },
  ],
  [
    "a time in another time zone than those of the tasks",
    { setAt: "20:00:06", resets: [oursWithEnd], accountChanges: [[101, "15:00:00", "15:00:01"]] },
  ],
  [
    "a time as far ahead as time zones can be",
    { setAt: "14:00:05" },
    { taskId: 1, taskStartTime: `${day} 00:00:00`, passwordTime: `${day} 00:00:05` },
  ],
  [
    "a change of another account soon after if the service's clocks differ",
    { setAt: "12:00:06", resets: [oursWithEnd], accountChanges: [[101, "12:00:20", "12:00:21"]] },
  ],
  [
    "a reset that began after ours and ended before it",
    { setAt: "12:00:05", resets: [oursWithEnd, [101, "12:00:01", "12:00:03"]] },
  ],
  ["the same time after an adoption", { setAt: "12:00:05", resets: [earlierReset] }, adoptedEarlier],
  ["an earlier time after an adoption", { setAt: "12:00:04" }, adoptedEarlier],
  ["a time that is missing after an adoption", {}, adoptedEarlier],
  ["a response without any time or task if nothing is recorded of the reset", {}, {}],
  ["a reset if the start time of the one before is unknown", { resets: [earlierReset] }, { passwordTime: "" }],
  [
    "an earlier reset that ended in the same second, which was known before ours was sent",
    { setAt: "12:00:05", resets: [oursWithEnd, [99, "11:59:59", "12:00:05"]] },
    knowing(99),
  ],
  [
    "an older reset that ended before ours, even if that was not known when ours was sent",
    { resets: [oursWithEnd, [99, "11:59:59", "12:00:04"]] },
    knowing(98),
  ],
  ["a newer task that has failed", { resets: [oursWithEnd], failed: [[101, "12:00:06", "12:00:07"]] }, knowing(100)],
  [
    "the last reset before an adoption, even if its end and the time differ",
    { setAt: "12:00:05", resets: [[100, "12:00:00", "12:00:09"]] },
    adopted(100),
  ],
  ["an adopted instance without tasks", { setAt: "12:00:05" }, adopted(0)],
])("no drift is found in %s", async (_, service, baseline = ourReset) => {
  const { reason, said } = await compare(service, baseline);
  expect({ reason, said }).toEqual({ reason: undefined, said: [] });
});
