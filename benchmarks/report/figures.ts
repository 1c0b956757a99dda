import type { EngineRun, Figure, Measurements, StateSize, Who } from "../results/results";
import type { Scale } from "../results/scale";
import { mean, medianWhere, sum } from "./statistics";

/** Returns all figures that have measurements. */
export function figures(measurements: Measurements, scale: Scale): Figure[] {
  const { loading, noticing, preview, state, thousand, up } = measurements;
  const all = [
    ...previewFigures(preview?.samples ?? [], scale),
    ...upFigures(up?.samples ?? [], scale),
    {
      what: "delay until the end of a task is noticed, 1 resource, tasks of about 3 s",
      unit: "s on average",
      goal: 0.5,
      value: mean((noticing?.samples ?? []).map(({ delaySeconds }) => delaySeconds)),
    },
    ...stateFigures(state?.samples ?? []),
    ...thousandFigures(thousand?.samples ?? [], scale),
    {
      what: "loading the package in a program that has loaded `@pulumi/pulumi`",
      unit: "ms",
      goal: 10,
      value: medianWhere(loading?.samples ?? [], { what: "package" }, ({ milliseconds }) => milliseconds),
    },
    {
      what: "loading the handlers in the provider process, including `zod`",
      unit: "ms",
      goal: 120,
      value: medianWhere(loading?.samples ?? [], { what: "handlers" }, ({ milliseconds }) => milliseconds),
    },
  ];
  return all.filter(({ value }) => !Number.isNaN(value));
}

function previewFigures(runs: readonly EngineRun[], { many, most }: Scale): Figure[] {
  const seconds = (who: EngineRun["who"], resources: number) => medianWhere(runs, { who, resources }, secondsTaken);
  const growth = (who: Who) => (seconds(who, most) - seconds(who, 1)) / (seconds(who, many) - seconds(who, 1));
  const [ours, plugin, bare] = [seconds("ours", many), seconds("plugin", many), seconds("bare", many)];
  const hashing = seconds("fingerprints", many);
  return [
    {
      what: `\`preview\` of ${many} unchanged resources, without password hashing`,
      unit: "× the bare resource",
      goal: 1.15,
      value: (ours - hashing) / bare,
    },
    {
      what: `\`preview\` of ${many} unchanged resources, with password hashing`,
      unit: "× the bare resource",
      value: ours / bare,
    },
    {
      what: `\`preview\` of ${many} unchanged resources by the plugin, with password hashing`,
      unit: "× the bare resource",
      goal: 1.05,
      value: plugin / bare,
    },
    { what: `hashing ${many} passwords`, unit: "s", value: hashing },
    {
      what: "`preview` of 1 unchanged resource",
      unit: "s more than the bare resource",
      goal: 0.3,
      value: seconds("ours", 1) - seconds("bare", 1),
    },
    {
      what: "`preview` of 1 unchanged resource by the plugin",
      unit: "s more than the bare resource",
      goal: 0.3,
      value: seconds("plugin", 1) - seconds("bare", 1),
    },
    {
      what: `\`preview\` of ${most} unchanged resources, minus that of 1`,
      unit: `× that of ${many}, minus that of 1`,
      goal: 5.5,
      value: growth("ours"),
    },
    {
      what: `\`preview\` of ${most} unchanged bare resources, minus that of 1`,
      unit: `× that of ${many}, minus that of 1`,
      value: growth("bare"),
    },
  ];
}

function upFigures(runs: readonly EngineRun[], { many }: Scale): Figure[] {
  const reset = (who: Who, resources: number, taskSeconds: number, value = secondsTaken) =>
    medianWhere(runs, { who, resources, taskSeconds }, value);
  const ours = reset.bind(undefined, "ours");
  const bare = (resources: number) => medianWhere(runs, { who: "bare", resources }, secondsTaken);
  const requestsPerReset = (run: EngineRun) => requestCount(run) / run.resources;
  return [
    {
      what: "`up` of 1 reset, a task of 0 s",
      unit: "s more than the bare resource",
      goal: 0.3,
      value: ours(1, 0) - bare(1),
    },
    {
      what: `\`up\` of ${many} resets, \`--parallel 200\`, tasks of 0 s`,
      unit: `× the sum of ${quotaSeconds(many)} s (rate limit) and the bare resource`,
      goal: 1.15,
      value: ours(many, 0) / (quotaSeconds(many) + bare(many)),
    },
    {
      what: `\`up\` of ${many} resets, \`--parallel 200\`, tasks of 0 s`,
      unit: `× the longer of ${quotaSeconds(many)} s and the bare resource`,
      value: ours(many, 0) / Math.max(quotaSeconds(many), bare(many)),
    },
    {
      what: `\`up\` of ${many} resets by the plugin, \`--parallel 200\`, tasks of 0 s`,
      unit: `× the longer of ${quotaSeconds(many)} s and the bare resource`,
      value: reset("plugin", many, 0) / Math.max(quotaSeconds(many), bare(many)),
    },
    {
      what: `\`up\` of ${many} resets, \`--parallel 200\`, tasks of 5 s`,
      unit: "s more than with tasks of 0 s",
      goal: 6,
      value: ours(many, 5) - ours(many, 0),
    },
    {
      what: `requests in an \`up\` of ${many} resets, tasks of 0 s or 5 s, the greater number`,
      unit: "requests per reset",
      goal: 1.3,
      value: Math.max(ours(many, 0, requestsPerReset), ours(many, 5, requestsPerReset)),
    },
  ];
}

function stateFigures(sizes: readonly StateSize[]): Figure[] {
  const kilobytes = (who: Who, part: Exclude<keyof StateSize, "who">) =>
    medianWhere(sizes, { who }, (size) => size[part]) / 1000;
  const [ours, bare] = [kilobytes("ours", "bytesPerResource"), kilobytes("bare", "bytesPerResource")];
  const plugin = kilobytes("plugin", "bytesPerResource");
  const provider = kilobytes("ours", "providerBytes");
  return [
    { what: "state per resource", unit: "KB", goal: 3, value: ours },
    { what: "state per resource", unit: "× the bare resource", goal: 0.8, value: ours / bare },
    { what: "serialized provider in the state of a resource, which Pulumi records twice", unit: "KB", value: provider },
    { what: "state per resource without the serialized provider", unit: "KB", value: ours - provider },
    {
      what: "state per bare resource without the serialized provider",
      unit: "KB",
      value: bare - kilobytes("bare", "providerBytes"),
    },
    { what: "state per resource by the plugin", unit: "KB", value: plugin },
    { what: "state per resource by the plugin", unit: "× the bare resource", goal: 0.55, value: plugin / bare },
  ];
}

function thousandFigures(runs: readonly EngineRun[], { most }: Scale): Figure[] {
  const megabytes = (who: Who) => medianWhere(runs, { who }, ({ providerPeakBytes = NaN }) => providerPeakBytes / 1e6);
  const seconds = (who: Who) => medianWhere(runs, { who }, secondsTaken);
  return [
    {
      what: `peak memory of the provider process in an \`up\` of ${most} resets`,
      unit: "MB more than the bare resource",
      goal: 60,
      value: megabytes("ours") - megabytes("bare"),
    },
    {
      what: `peak memory of the plugin's process in an \`up\` of ${most} resets`,
      unit: "MB more than the bare resource",
      goal: 40,
      value: megabytes("plugin") - megabytes("bare"),
    },
    {
      what: `duration of an \`up\` of ${most} resets, tasks of 5 s, without checkpoints`,
      unit: `× the sum of ${quotaSeconds(most)} s (rate limit) and the bare resource`,
      value: seconds("ours") / (quotaSeconds(most) + seconds("bare")),
    },
  ];
}

export const secondsTaken = ({ seconds }: EngineRun): number => seconds;

/** Returns the number of requests in a run, over all actions. */
export const requestCount = ({ requests = {} }: EngineRun): number => sum(Object.values(requests));

/**
 * Returns how many seconds a number of resets takes because of the rate limit alone. The requests of the first second
 * may be sent at once.
 */
export const quotaSeconds = (resets: number): number => Math.ceil(resets / requestsPerSecond) - 1;

const requestsPerSecond = 20;
