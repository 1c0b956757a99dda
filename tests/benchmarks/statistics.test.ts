import { mean, median, medianWhere } from "../../benchmarks/report/statistics";

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 9, 1], 5.5],
  [[100, 20, 3], 20],
  [[], NaN],
])("the median of %j is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

it("the mean of no values is not a number", () => {
  expect(mean([])).toBeNaN();
});

it("only the samples with all of the properties count", () => {
  const samples = [
    { who: "ours", resources: 1, seconds: 1 },
    { who: "ours", resources: 2, seconds: 10 },
    { who: "ours", resources: 2, seconds: 20 },
    { who: "bare", resources: 2, seconds: 1000 },
  ];
  expect(medianWhere(samples, { who: "ours", resources: 2 }, ({ seconds }) => seconds)).toBe(15);
});
