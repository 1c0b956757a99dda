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
  setBySomebodyElse,
} from "../../support/compare";

it.each<[string, ServiceReport, string, Baseline?]>([
  ["a password that was set much later", { setAt: "12:01:06" }, setBySomebodyElse("12:01:06")],
  ["a later reset if the service has no time", { resets: [[101, "12:00:09"], ours] }, setBySomebodyElse("12:00:09")],
  [
    "a later reset if resets do not update the time",
    { setAt: "11:00:00", resets: [ours, [101, "12:00:09"]] },
    setBySomebodyElse("12:00:09"),
  ],
  [
    "a reset within the tolerance of the times",
    { setAt: "12:00:08", resets: [[101, "12:00:07"], ours] },
    setBySomebodyElse("12:00:07"),
  ],
  [
    "a reset that began in the same second as ours, after it",
    { setAt: "12:00:04", resets: [ours, [101, "12:00:00"]] },
    setBySomebodyElse("12:00:00"),
  ],
  ["a listed reset if ours is no longer listed", { resets: [[999, "14:00:00"]] }, setBySomebodyElse("14:00:00")],
  [
    "a change of the account right after our reset",
    {
      setAt: "12:00:08",
      resets: [ours],
      accountChanges: [
        [150, "13:00:00"],
        [101, "12:00:07"],
      ],
    },
    setBySomebodyElse("12:00:08"),
  ],
  [
    "a reset that began before ours and ended after it",
    { setAt: "12:00:09", resets: [[99, "11:59:59", "12:00:09"], oursWithEnd] },
    setBySomebodyElse("12:00:09"),
  ],
  [
    "a change of the account right after our reset, whose end was seen much later",
    { setAt: "12:00:06", resets: [oursWithEnd], accountChanges: [[101, "12:00:05", "12:00:06"]] },
    setBySomebodyElse("12:00:06"),
    { ...ourReset, passwordTime: `${day} 14:00:00` },
  ],
  [
    "a change of the account that is later by exactly a time zone offset",
    { setAt: "13:00:05", resets: [oursWithEnd], accountChanges: [[101, "13:00:04", "13:00:05"]] },
    setBySomebodyElse("13:00:05"),
  ],
  [
    "a time that is later than time zones can explain",
    { setAt: "23:59:05" },
    setBySomebodyElse("23:59:05"),
    { taskId: 1, taskStartTime: `${day} 00:00:00`, passwordTime: `${day} 00:00:05` },
  ],
  [
    "a change of the account long before our reset was seen to end",
    { setAt: "13:07:00", resets: [oursWithEnd] },
    setBySomebodyElse("13:07:00"),
    { ...ourReset, passwordTime: `${day} 14:00:00` },
  ],
  [
    "a reset after an adoption if resets do not update the time",
    { setAt: "12:00:05", resets: [[101, "12:00:01"], earlierReset] },
    setBySomebodyElse("12:00:01"),
    adoptedEarlier,
  ],
  [
    "the first reset after an adoption if the service has no time",
    { resets: [[101, "12:00:01"]] },
    setBySomebodyElse("12:00:01"),
    { taskStartTime: "1970-01-01 00:00:00" },
  ],
  ["any later time after an adoption", { setAt: "12:00:06" }, setBySomebodyElse("12:00:06"), adoptedEarlier],
  [
    "any later time after an adoption that recorded no task",
    { setAt: "12:00:06", resets: [[101, "11:00:00"]] },
    setBySomebodyElse("12:00:06"),
    { passwordTime: `${day} 12:00:05` },
  ],
  [
    "a reset that began in the same second as ours if ours is no longer listed",
    { resets: [[101, "12:00:00"]] },
    setBySomebodyElse("12:00:00"),
  ],
  [
    "a later reset with an end time if that of ours is unknown",
    { resets: [[101, "12:00:09", "12:00:12"], ours] },
    setBySomebodyElse("12:00:12"),
  ],
  [
    "a reset that began later, and ended in the same second as ours",
    { resets: [oursWithEnd, [101, "12:00:04", "12:00:05"]] },
    setBySomebodyElse("12:00:05"),
    knowing(100),
  ],
  [
    "an older reset that ended in the same second, and was not known to have ended before ours was sent",
    { resets: [oursWithEnd, [99, "11:59:59", "12:00:05"]] },
    setBySomebodyElse("12:00:05"),
    knowing(98),
  ],
  [
    "an older reset that ended later, even if a newer task had ended before",
    { resets: [oursWithEnd, [99, "11:59:59", "12:00:06"]] },
    setBySomebodyElse("12:00:06"),
    knowing(100),
  ],
  [
    "a newer task if the end time of ours is unknown",
    { resets: [[101, "12:00:00"], ours] },
    setBySomebodyElse("12:00:00"),
    knowing(100),
  ],
  [
    "a change of the account in the same second as our end if the service sets times before a task ends",
    { setAt: "12:00:03", resets: [oursWithEnd], accountChanges: [[101, "12:00:04", "12:00:05"]] },
    setBySomebodyElse("12:00:03"),
    knowing(100),
  ],
  [
    "a change of the account in the same second as our end, which is also the time of the password",
    { setAt: "12:00:05", resets: [oursWithEnd], accountChanges: [[101, "12:00:04", "12:00:05"]] },
    setBySomebodyElse("12:00:05"),
    knowing(100),
  ],
  ["a newer task after an adoption", { resets: [[101, "12:00:01"]] }, setBySomebodyElse("12:00:01"), adopted(100)],
  [
    "a newer task after an adoption that recorded no time",
    { resets: [[101, "12:00:01"]] },
    setBySomebodyElse("12:00:01"),
    { newestTaskId: 100 },
  ],
  ["the first task of all after an adoption", { resets: [[1, "12:00:01"]] }, setBySomebodyElse("12:00:01"), adopted(0)],
  [
    "a later time after an adoption, even without a listed task",
    { setAt: "12:00:06" },
    setBySomebodyElse("12:00:06"),
    adopted(100),
  ],
])("drift is found in %s", async (_, service, expected, baseline = ourReset) => {
  await expect(compare(service, baseline)).resolves.toMatchObject({ reason: expected, said: [] });
});
