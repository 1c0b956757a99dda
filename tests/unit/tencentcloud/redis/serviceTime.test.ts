import {
  earliestOf,
  formatServiceTime,
  isServiceTimeBefore,
  parseServiceTime,
  readServiceTime,
  roundToTimeZones,
} from "../../../../provider/tencentcloud/redis/serviceTime";

it("a time is parsed and formatted like the service's, in any time zone", () => {
  const time = parseServiceTime("2018-11-01 17:25:14");
  expect(time).toBe(Date.UTC(2018, 10, 1, 17, 25, 14));
  expect(formatServiceTime(time ?? NaN)).toBe("2018-11-01 17:25:14");
});

it("fractions of a second are left out", () => {
  expect(formatServiceTime(Date.UTC(2018, 10, 1, 17, 25, 14, 999))).toBe("2018-11-01 17:25:14");
});

it.each([
  undefined,
  "",
  "0000-00-00 00:00:00",
  "2018-13-01 17:25:14",
  "2018-11-01",
  "2018-11-01 17:25",
  "2018-11-01T17:25:14Z",
  " 2018-11-01 17:25:14",
  "+002018-11-01 17:25:14",
  "2018-11-01 17:25:14.5",
])("any other value is not a time: %j", (text) => {
  expect(parseServiceTime(text)).toBeUndefined();
});

it.each([["2018-11-01"], 5, null, ["2018-11-01 17:25:14"], {}])(
  "a value that is not a time is read as an empty string: %j",
  (value) => {
    expect(readServiceTime(value)).toBe("");
  },
);

it.each<[string | undefined, string | undefined, number | undefined, boolean]>([
  ["2018-11-01 17:25:14", "2018-11-01 17:25:15", undefined, true],
  ["2018-11-01 17:25:14", "2018-11-01 17:25:14", undefined, false],
  ["2018-11-01 17:25:15", "2018-11-01 17:25:14", undefined, false],
  ["2018-11-01 17:25:14", "2018-11-01 17:25:16", 1000, true],
  ["2018-11-01 17:25:14", "2018-11-01 17:25:16", 2000, false],
  [undefined, "2018-11-01 17:25:14", undefined, false],
  ["2018-11-01 17:25:14", "", undefined, false],
])("%s is before %s by more than %s ms: %s", (time, other, byMs, expected) => {
  expect(isServiceTimeBefore(time, other, byMs)).toBe(expected);
});

it.each([
  [["2018-11-01 17:25:14", "2018-10-31 23:00:00", "2019-01-01 00:00:00"], "2018-10-31 23:00:00"],
  [["", "2018-11-01 17:25:14"], "2018-11-01 17:25:14"],
  [[""], undefined],
  [[], undefined],
])("the earliest known of %j is %s", (times, earliest) => {
  expect(earliestOf(times)).toBe(earliest);
});

it.each([
  [0, 0],
  [7, 0],
  [8, 15],
  [5 * 60 + 45 + 3, 5 * 60 + 45],
  [-8 * 60 - 3, -8 * 60],
])("a difference of %d minutes is rounded to a time zone offset of %d minutes", (minutes, explained) => {
  expect(roundToTimeZones(minutes * 60_000) / 60_000).toBeCloseTo(explained);
});
