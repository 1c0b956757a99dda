import type { EngineRun, Figure, Measurements, StateSize, Who } from "./results";
import type { Scale } from "./scale";
import { mean, medianOf, sum } from "./statistics";

/** What follows from the measurements that there are, with what was to be reached. */
export function figuresOf(measurements: Measurements, scale: Scale): Figure[] {
  const { loading, noticing, preview, state, thousand, up } = measurements;
  const all = [
    ...previewFigures(preview?.samples ?? [], scale),
    ...upFigures(up?.samples ?? [], scale),
    ...noticingFigures((noticing?.samples ?? []).map(({ delaySeconds }) => delaySeconds)),
    ...stateFigures(state?.samples ?? []),
    ...thousandFigures(thousand?.samples ?? [], scale),
    ...["package" as const, "handlers" as const].map((what) =>
      loadingFigure(
        what,
        medianOf(loading?.samples ?? [], { what }, ({ milliseconds }) => milliseconds),
      ),
    ),
  ];
  return all.filter(({ reached }) => !Number.isNaN(reached));
}

function previewFigures(runs: readonly EngineRun[], { many, most }: Scale): Figure[] {
  const measuredBy = "preview";
  const seconds = (who: EngineRun["who"], resources: number) => medianOf(runs, { who, resources }, secondsOf);
  const growth = (who: Who) => (seconds(who, most) - seconds(who, 1)) / (seconds(who, many) - seconds(who, 1));
  const [ours, bare, fingerprints] = [seconds("ours", many), seconds("bare", many), seconds("fingerprints", many)];
  return [
    {
      work: `\`preview\` of ${many} unchanged resources, without the fingerprints' own time`,
      measuredBy,
      unit: "of the bare resource's time",
      goal: 1.15,
      reached: (ours - fingerprints) / bare,
    },
    { work: "the same with it", measuredBy, unit: "of the bare resource's time", reached: ours / bare },
    { work: `${many} fingerprints alone`, measuredBy, unit: "s", reached: fingerprints },
    {
      work: "`preview` of 1 unchanged resource",
      measuredBy,
      unit: "s over the bare resource",
      goal: 0.3,
      reached: seconds("ours", 1) - seconds("bare", 1),
    },
    {
      work: `\`preview\` of ${most} unchanged resources against ${many}, each over that of 1`,
      measuredBy,
      unit: "times",
      goal: 5.5,
      reached: growth("ours"),
    },
    { work: "the same of the bare resource", measuredBy, unit: "times", reached: growth("bare") },
  ];
}

function upFigures(runs: readonly EngineRun[], { many }: Scale): Figure[] {
  const measuredBy = "up";
  const ours = (resources: number, taskSeconds: number) =>
    medianOf(runs, { who: "ours", resources, taskSeconds }, secondsOf);
  const bare = (resources: number) => medianOf(runs, { who: "bare", resources }, secondsOf);
  const requests = [0, 5].map((taskSeconds) =>
    medianOf(runs, { who: "ours", resources: many, taskSeconds }, requestsPerResource),
  );
  return [
    {
      work: "`up` of 1 reset, a task of 0 s",
      measuredBy,
      unit: "s over the bare resource",
      goal: 0.3,
      reached: ours(1, 0) - bare(1),
    },
    {
      work: `\`up\` of ${many} resets at \`--parallel 200\`, tasks of 0 s, 20 requests a second`,
      measuredBy,
      unit: `of ${quotaSeconds(many)} s (the quota alone) and the bare resource's time`,
      goal: 1.15,
      reached: ours(many, 0) / (quotaSeconds(many) + bare(many)),
    },
    {
      work: "the same",
      measuredBy,
      unit: "of the longer of the two alone, for they overlap",
      reached: ours(many, 0) / Math.max(quotaSeconds(many), bare(many)),
    },
    {
      work: "the same with tasks of 5 s",
      measuredBy,
      unit: "s over that with tasks of 0 s",
      goal: 6,
      reached: ours(many, 5) - ours(many, 0),
    },
    {
      work: "requests in these two, the greater number",
      measuredBy,
      unit: "per reset",
      goal: 1.3,
      reached: Math.max(...requests),
    },
  ];
}

const noticingFigures = (delaysSeconds: readonly number[]): Figure[] => [
  {
    work: "from a task's end to its being noticed, 1 resource, tasks of about 3 s",
    measuredBy: "noticing",
    unit: "s on average",
    goal: 0.5,
    reached: mean(delaysSeconds),
  },
];

function stateFigures(sizes: readonly StateSize[]): Figure[] {
  const measuredBy = "state";
  const bytes = (who: Who, part: Exclude<keyof StateSize, "who">) => medianOf(sizes, { who }, (size) => size[part]);
  const [ours, bare] = [bytes("ours", "bytesPerResource"), bytes("bare", "bytesPerResource")];
  return [
    { work: "state per resource", measuredBy, unit: "KB", goal: 3, reached: ours / 1000 },
    { work: "the same", measuredBy, unit: "of the bare resource's", goal: 0.8, reached: ours / bare },
    {
      work: "the serialised provider in it, which Pulumi records twice",
      measuredBy,
      unit: "KB",
      reached: bytes("ours", "providerBytes") / 1000,
    },
    {
      work: "state per resource without its serialised provider",
      measuredBy,
      unit: "KB",
      reached: (ours - bytes("ours", "providerBytes")) / 1000,
    },
    {
      work: "the same of the bare resource",
      measuredBy,
      unit: "KB",
      reached: (bare - bytes("bare", "providerBytes")) / 1000,
    },
  ];
}

function thousandFigures(runs: readonly EngineRun[], { most }: Scale): Figure[] {
  const measuredBy = "thousand";
  const peakBytes = (who: Who) => medianOf(runs, { who }, ({ providerPeakBytes = NaN }) => providerPeakBytes);
  const seconds = (who: Who) => medianOf(runs, { who }, secondsOf);
  return [
    {
      work: `greatest memory of the provider's process in an \`up\` of ${most} resets`,
      measuredBy,
      unit: "MB over the bare resource",
      goal: 60,
      reached: (peakBytes("ours") - peakBytes("bare")) / 1e6,
    },
    {
      work: "its time, tasks of 5 s, without checkpoints",
      measuredBy,
      unit: `of ${quotaSeconds(most)} s (the quota alone) and the bare resource's time`,
      reached: seconds("ours") / (quotaSeconds(most) + seconds("bare")),
    },
  ];
}

const loadingFigure = (what: "package" | "handlers", milliseconds: number): Figure => ({
  work:
    what === "package"
      ? "loading the package in a program that has loaded `@pulumi/pulumi`"
      : "loading the handlers in the provider's process, `zod` included",
  measuredBy: "loading",
  unit: "ms",
  goal: what === "package" ? 10 : 120,
  reached: milliseconds,
});

export const secondsOf = ({ seconds }: EngineRun): number => seconds;

export const requestsOf = ({ requests = {} }: EngineRun): number => sum(Object.values(requests));

const requestsPerResource = (run: EngineRun): number => requestsOf(run) / run.resources;

/** How long the service's quota alone makes so many resets take: those of a second may come all at once. */
export const quotaSeconds = (resets: number): number => Math.ceil(resets / requestsPerSecond) - 1;

const requestsPerSecond = 20;
