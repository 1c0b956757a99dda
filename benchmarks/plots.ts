import { quotaSeconds, requestsOf, secondsOf } from "./figures";
import { type Line, drawLinePlot } from "./linePlot";
import type { EngineRun, Results } from "./results";
import { medianOf } from "./statistics";

const ourName = "RedisInstancePassword";
const bareName = "bare dynamic resource";
const resources = "resources";

/** The plots of the documentation, by the names of their files. */
export function plotsOf({ measurements: { preview, up, thousand } }: Results): Record<string, string> {
  const previews = preview?.samples ?? [];
  const ups = [...(up?.samples ?? []), ...(thousand?.samples ?? [])];
  const ours = ups.filter(({ who, taskSeconds }) => who === "ours" && taskSeconds === 5);
  const bare = ups.filter(({ who }) => who === "bare");
  return {
    "preview.svg": drawLinePlot({
      title: "Preview of unchanged resources",
      x: resources,
      y: "seconds",
      lines: [
        lineOf(
          ourName,
          "ours",
          previews.filter(({ who }) => who === "ours"),
          secondsOf,
        ),
        lineOf(
          bareName,
          "bare",
          previews.filter(({ who }) => who === "bare"),
          secondsOf,
        ),
      ],
    }),
    "up.svg": drawLinePlot({
      title: "Up with a new password for each resource, tasks of 5 s",
      x: resources,
      y: "seconds",
      lines: [
        lineOf(ourName, "ours", ours, secondsOf),
        lineOf(bareName, "bare", bare, secondsOf),
        {
          name: "bare, and the quota alone",
          kind: "bound",
          points: mediansOf(bare, secondsOf).map(({ x, y }) => ({ x, y: quotaSeconds(x) + y })),
        },
      ],
    }),
    "requests.svg": drawLinePlot({
      title: "Requests of an up with a new password for each resource, tasks of 5 s",
      x: resources,
      y: "requests",
      lines: [
        lineOf(ourName, "ours", ours, requestsOf),
        lineOf(bareName, "bare", bare, requestsOf),
        { name: "the resets alone", kind: "bound", points: mediansOf(ours, (run) => run.resources) },
      ],
    }),
  };
}

const lineOf = (
  name: string,
  kind: Line["kind"],
  runs: readonly EngineRun[],
  value: (run: EngineRun) => number,
): Line => ({
  name,
  kind,
  points: mediansOf(runs, value),
  runs: runs.map((run) => ({ x: run.resources, y: value(run) })),
});

/** By the number of resources. */
function mediansOf(runs: readonly EngineRun[], value: (run: EngineRun) => number): Line["points"] {
  const sizes = [...new Set(runs.map((run) => run.resources))].sort((a, b) => a - b);
  return sizes.map((size) => ({ x: size, y: medianOf(runs, { resources: size }, value) }));
}
