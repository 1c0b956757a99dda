import { fromServiceTime, toServiceTime } from "../../../../local-cloud/protocol/serviceTime";

const time = new Date("2018-11-01T17:25:14.999Z");

it.each([
  ["China", 8, "2018-11-02 01:25:14"],
  ["Greenwich", 0, "2018-11-01 17:25:14"],
  ["Nepal", 5.75, "2018-11-01 23:10:14"],
  ["the west coast of America", -8, "2018-11-01 09:25:14"],
])("a time is formatted in the time zone of %s, in whole seconds", (_, hours, text) => {
  expect(toServiceTime(time, hours)).toBe(text);
  expect(fromServiceTime(text, hours)).toEqual(new Date("2018-11-01T17:25:14Z"));
});

it.each(["", "2018-11-02", "2018-11-02T01:25:14", "2018-13-02 01:25:14", "2018-11-02 01:25:14Z"])(
  "%j is not a time",
  (text) => {
    expect(fromServiceTime(text, 8)).toBeUndefined();
  },
);
