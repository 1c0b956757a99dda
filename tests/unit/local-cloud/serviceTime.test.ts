import { fromServiceTime, toServiceTime } from "../../../local-cloud/serviceTime";

const time = new Date("2018-11-01T17:25:14.999Z");

it("is China's, to the second", () => {
  expect(toServiceTime(time)).toBe("2018-11-02 01:25:14");
  expect(fromServiceTime("2018-11-02 01:25:14")).toEqual(new Date("2018-11-01T17:25:14Z"));
});

it.each(["", "2018-11-02", "2018-11-02T01:25:14", "2018-13-02 01:25:14", "2018-11-02 01:25:14Z"])(
  "%j is none",
  (text) => {
    expect(fromServiceTime(text)).toBeUndefined();
  },
);
