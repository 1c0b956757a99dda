import { quotaSeconds, requestsOf, secondsOf } from "./figures";
import { type Line, type Point, drawLinePlot } from "./linePlot";
import type { EngineRun, Results, Who } from "./results";
import { medianOf } from "./statistics";

/** A plot of the documentation, by its file there. */
export interface Plot {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

export function plotsOf({ measurements: { preview, up, thousand } }: Results): Plot[] {
  const previews = preview?.samples ?? [];
  const ups = (up?.samples ?? []).filter(isPlotted);
  // Those of a thousand are done without checkpoints, which changes their time, but not their requests.
  const moreUps = [...ups, ...(thousand?.samples ?? []).filter(isPlotted)];
  return [
    plot("preview", "Preview of unchanged resources", "seconds", [
      lineOf("ours", previews, secondsOf),
      lineOf("bare", previews, secondsOf),
    ]),
    plot("up", "Up with a new password for each resource, tasks of 5 s", "seconds", [
      lineOf("ours", ups, secondsOf),
      lineOf("bare", ups, secondsOf),
      quotaLine(ups),
    ]),
    plot("requests", "Requests of an up with a new password for each resource, tasks of 5 s", "requests", [
      lineOf("ours", moreUps, requestsOf),
      lineOf("bare", moreUps, requestsOf),
      resetsLine(moreUps),
    ]),
  ];
}

const plot = (name: string, title: string, y: string, lines: readonly Line[]): Plot => ({
  file: `plots/${name}.svg`,
  title,
  svg: drawLinePlot({ title, x: "resources", y, lines }),
});

const isPlotted = ({ who, taskSeconds }: EngineRun): boolean => who === "bare" || taskSeconds === 5;

const names: Readonly<Record<Who, string>> = { ours: "RedisInstancePassword", bare: "bare dynamic resource" };

type Value = (run: EngineRun) => number;

const lineOf = (who: Who, runs: readonly EngineRun[], value: Value): Line => ({
  name: names[who],
  kind: who,
  points: mediansOf(who, runs, value),
  runs: runs.filter((run) => run.who === who).map((run) => ({ x: run.resources, y: value(run) })),
});

/** The goal is set against this. The two overlap: less time can do. */
const quotaLine = (ups: readonly EngineRun[]): Line => ({
  name: "bare, and the quota alone",
  kind: "bound",
  points: mediansOf("bare", ups, secondsOf).map(({ x, y }) => ({ x, y: y + quotaSeconds(x) })),
});

const resetsLine = (ups: readonly EngineRun[]): Line => ({
  name: "the resets alone",
  kind: "bound",
  points: mediansOf("ours", ups, ({ resources }) => resources),
});

/** By the number of resources. */
function mediansOf(who: Who, runs: readonly EngineRun[], value: Value): Point[] {
  const sizes = [...new Set(runs.map(({ resources }) => resources))].sort((a, b) => a - b);
  return sizes.map((resources) => ({ x: resources, y: medianOf(runs, { who, resources }, value) }));
}
