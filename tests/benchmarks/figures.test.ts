import { figures, quotaSeconds } from "../../benchmarks/report/figures";
import type { EngineRun, Measurement, Measurements } from "../../benchmarks/results/results";
import { fullScale } from "../../benchmarks/results/scale";
import { figuresTable, performanceTables, sizesTable } from "../../benchmarks/report/tables";

const measurement = <Sample>(samples: readonly Sample[]): Measurement<Sample> => ({
  takenAt: "2026-11-24T18:40:01.000Z",
  loadBefore: 0,
  machine: { processor: "one", processors: 2, memoryGiB: 1, system: "Linux", versions: {} },
  samples,
});

const preview = (who: EngineRun["who"], resources: number, seconds: number): EngineRun => ({ who, resources, seconds });

const up = (
  taskSeconds: number | undefined,
  resources: number,
  seconds: number,
  requests = {},
  who: EngineRun["who"] = taskSeconds === undefined ? "bare" : "ours",
): EngineRun => ({
  who,
  resources,
  taskSeconds,
  seconds,
  requests,
});

/** Chosen so that the figure of each goal is a round number, worked out by hand. */
const measurements: Measurements = {
  preview: measurement([
    ...[1.9, 2, 2.1].map((seconds) => preview("ours", 1, seconds)),
    preview("plugin", 1, 1.7),
    preview("bare", 1, 1.8),
    preview("ours", 200, 6),
    preview("plugin", 200, 4.4),
    preview("bare", 200, 4),
    preview("fingerprints", 200, 1.5),
    preview("ours", 1000, 26),
    preview("plugin", 1000, 14),
    preview("bare", 1000, 12.8),
  ]),
  up: measurement([
    up(0, 1, 3),
    up(undefined, 1, 2.5),
    up(0, 200, 16.5, { ResetPassword: 200, DescribeTaskList: 20 }),
    up(5, 200, 20.5, { ResetPassword: 200, DescribeTaskList: 30, DescribeTaskInfo: 10 }),
    up(0, 200, 13.5, {}, "plugin"),
    up(5, 200, 18, {}, "plugin"),
    up(undefined, 200, 6),
  ]),
  noticing: measurement([
    { taskSeconds: 2.9, delaySeconds: 0.2 },
    { taskSeconds: 3.1, delaySeconds: 0.6 },
  ]),
  state: measurement([
    { who: "ours", bytesPerResource: 3100, providerBytes: 2000 },
    { who: "plugin", bytesPerResource: 1550, providerBytes: 0 },
    { who: "bare", bytesPerResource: 6200, providerBytes: 1500 },
  ]),
  thousand: measurement([
    { ...up(5, 1000, 69), providerPeakBytes: 150e6 },
    { ...up(5, 1000, 68, {}, "plugin"), providerPeakBytes: 125e6 },
    { ...up(undefined, 1000, 20), providerPeakBytes: 100e6 },
  ]),
  loading: measurement([
    { what: "package", milliseconds: 4 },
    { what: "handlers", milliseconds: 130 },
  ]),
};

it("computes each figure from the medians", () => {
  const all = figures(measurements, fullScale);
  expect(all.map(({ value, goal }) => [Number(value.toFixed(6)), goal])).toEqual([
    [1.125, 1.15],
    [1.5, undefined],
    [1.1, 1.05],
    [1.5, undefined],
    [0.2, 0.3],
    [-0.1, 0.3],
    [6, 5.5],
    [5, undefined],
    [0.5, 0.3],
    [1.1, 1.15],
    [1.833333, undefined],
    [1.5, undefined],
    [4, 6],
    [1.2, 1.3],
    [0.4, 0.5],
    [3.1, 3],
    [0.5, 0.8],
    [2, undefined],
    [1.1, undefined],
    [4.7, undefined],
    [1.55, undefined],
    [0.25, 0.55],
    [50, 60],
    [25, 40],
    [1, undefined],
    [4, 10],
    [130, 120],
  ]);
});

it("has no figures without measurements, and only its own figures with one measurement", () => {
  expect(figures({}, fullScale)).toEqual([]);
  expect(figures({ state: measurements.state }, fullScale)).toHaveLength(7);
});

it.each([
  [1, 0],
  [20, 0],
  [21, 1],
  [200, 9],
  [1000, 49],
])("accounts for the rate limit: %d resets take at least %d s", (resets, seconds) => {
  expect(quotaSeconds(resets)).toBe(seconds);
});

it("shows for each goal whether it is met, with its unit", () => {
  const base = { what: "a preview", unit: "s more" };
  const table = figuresTable([
    { ...base, goal: 0.3, value: 0.3 },
    { ...base, goal: 0.3, value: 0.301 },
    { ...base, value: 12.4 },
  ]);
  expect(table.split("\n")).toEqual([
    "| measured  | goal    | result       |            |",
    "| --------- | ------- | ------------ | ---------- |",
    "| a preview | ≤ 0.3 s | 0.3 s more   | met        |",
    "| a preview | ≤ 0.3 s | 0.301 s more | **missed** |",
    "| a preview |         | 12.4 s more  |            |",
  ]);
});

it("shows the medians by the number of resources, and no duration of runs without checkpoints", () => {
  expect(sizesTable(measurements).split("\n").slice(2).map(cells)).toEqual([
    ["1", "2", "1.7", "1.8", "", "", "2.5", ""],
    ["200", "6", "4.4", "4", "20.5", "18", "6", "240"],
    ["1000", "26", "14", "12.8", "", "", "", "0"],
  ]);
});

it("names each machine once, with its days, regardless of the commit", () => {
  const on = (node: string, commit: string) => ({
    ...measurement([]),
    machine: { processor: "one", processors: 2, memoryGiB: 1, system: "Linux", versions: { commit, node } },
  });
  const state = { ...on("20.0.0", "b"), takenAt: "2026-11-27T00:00:00.000Z" };
  const all = { loading: on("20.0.0", "a"), state, noticing: on("22.0.0", "b") };
  expect(performanceTables({ scale: fullScale, measurements: all }).match(/^Measured.*$/gm)).toEqual([
    "Measured on 2026-11-24 and 2026-11-27 on Linux, 2 processors (one), 1 GiB: node 20.0.0.",
    "Measured on 2026-11-24 on Linux, 2 processors (one), 1 GiB: node 22.0.0.",
  ]);
});

const cells = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
