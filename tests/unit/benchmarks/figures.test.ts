import { figuresOf, quotaSeconds } from "../../../benchmarks/figures";
import { figuresTable } from "../../../benchmarks/figuresTable";
import type { EngineRun, Measurement, Measurements } from "../../../benchmarks/results";
import { fullScale } from "../../../benchmarks/scale";

const measurement = <Sample>(samples: readonly Sample[]): Measurement<Sample> => ({
  takenAt: "2026-11-24T18:40:01.000Z",
  loadBefore: 0,
  machine: { processor: "one", processors: 2, memoryGiB: 1, system: "Linux", versions: {} },
  samples,
});

const preview = (who: EngineRun["who"], resources: number, seconds: number): EngineRun => ({ who, resources, seconds });

const up = (taskSeconds: number | undefined, resources: number, seconds: number, requests = {}): EngineRun => ({
  who: taskSeconds === undefined ? "bare" : "ours",
  resources,
  taskSeconds,
  seconds,
  requests,
});

/** Each goal's figure is a round number: what it should be is worked out by hand. */
const measurements: Measurements = {
  preview: measurement([
    ...[1.9, 2, 2.1].map((seconds) => preview("ours", 1, seconds)),
    preview("bare", 1, 1.8),
    preview("ours", 200, 6),
    preview("bare", 200, 4),
    preview("fingerprints", 200, 1.5),
    preview("ours", 1000, 26),
    preview("bare", 1000, 12.8),
  ]),
  up: measurement([
    up(0, 1, 3),
    up(undefined, 1, 2.5),
    up(0, 200, 16.5, { ResetPassword: 200, DescribeTaskList: 20 }),
    up(5, 200, 20.5, { ResetPassword: 200, DescribeTaskList: 30, DescribeTaskInfo: 10 }),
    up(undefined, 200, 6),
  ]),
  noticing: measurement([
    { taskSeconds: 2.9, delaySeconds: 0.2 },
    { taskSeconds: 3.1, delaySeconds: 0.6 },
  ]),
  state: measurement([
    { who: "ours", bytesPerResource: 3100, providerBytes: 2000 },
    { who: "bare", bytesPerResource: 6200, providerBytes: 1500 },
  ]),
  thousand: measurement([
    { ...up(5, 1000, 69), providerPeakBytes: 150e6 },
    { ...up(undefined, 1000, 20), providerPeakBytes: 100e6 },
  ]),
  loading: measurement([
    { what: "package", milliseconds: 4 },
    { what: "handlers", milliseconds: 130 },
  ]),
};

it("each figure is worked out of the medians", () => {
  const figures = figuresOf(measurements, fullScale);
  expect(figures.map(({ reached, goal }) => [Number(reached.toFixed(6)), goal])).toEqual([
    [1.125, 1.15],
    [1.5, undefined],
    [1.5, undefined],
    [0.2, 0.3],
    [6, 5.5],
    [5, undefined],
    [0.5, 0.3],
    [1.1, 1.15],
    [1.833333, undefined],
    [4, 6],
    [1.2, 1.3],
    [0.4, 0.5],
    [3.1, 3],
    [0.5, 0.8],
    [2, undefined],
    [1.1, undefined],
    [4.7, undefined],
    [50, 60],
    [1, undefined],
    [4, 10],
    [130, 120],
  ]);
});

it("what was not measured has no figure", () => {
  expect(figuresOf({}, fullScale)).toEqual([]);
  const { state } = measurements;
  const measured = figuresOf({ state }, fullScale).map(({ measuredBy }) => measuredBy);
  expect(new Set(measured)).toEqual(new Set(["state"]));
});

it.each([
  [1, 0],
  [20, 0],
  [21, 1],
  [200, 9],
  [1000, 49],
])("the quota alone lets %d resets through in %d s", (resets, seconds) => {
  expect(quotaSeconds(resets)).toBe(seconds);
});

it("the table says which goals were reached", () => {
  const base = { work: "a preview", measuredBy: "preview", unit: "s" } as const;
  const table = figuresTable([
    { ...base, goal: 0.3, reached: 0.3 },
    { ...base, goal: 0.3, reached: 0.301 },
    { ...base, reached: 12.4 },
  ]);
  expect(table.split("\n")).toEqual([
    "| work      | goal        | reached |            |",
    "| --------- | ----------- | ------- | ---------- |",
    "| a preview | at most 0.3 | 0.3 s   | reached    |",
    "| a preview | at most 0.3 | 0.301 s | **missed** |",
    "| a preview |             | 12.4 s  |            |",
  ]);
});
