import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "../../tools/root";
import type { Machine } from "./machine";
import type { Scale } from "./scale";

/** The content of a results file. */
export interface Results {
  readonly scale: Scale;
  readonly measurements: Measurements;
}

export type Measurements = { readonly [Name in MeasurementName]?: Measurement<Samples[Name]> };

export type MeasurementName = keyof Samples;

/** The samples of each measurement, by its name: `npm run bench -- <name>` runs only that one. */
export interface Samples {
  readonly preview: EngineRun;
  readonly up: EngineRun;
  readonly thousand: EngineRun;
  readonly noticing: Noticing;
  readonly state: StateSize;
  readonly loading: Loading;
}

/** A measurement with its time and machine, since each can be repeated separately. */
export interface Measurement<Sample> {
  readonly takenAt: string;
  readonly machine: Machine;
  /** The machine's one-minute load average before the measurement. */
  readonly loadBefore: number;
  readonly samples: readonly Sample[];
}

/**
 * The resource under test: ours, as the class or the provider plugin, or the bare dynamic resource that both are
 * compared with.
 */
export type Who = "ours" | "plugin" | "bare";

/** One preview or up. */
export interface EngineRun {
  /** `fingerprints` is the password hashing of a preview alone, in a separate process. */
  readonly who: Who | "fingerprints";
  readonly resources: number;
  /** The duration of each reset's task. */
  readonly taskSeconds?: number;
  readonly seconds: number;
  /** The number of requests by action. */
  readonly requests?: Readonly<Record<string, number>>;
  /** The number of throttled requests. */
  readonly refused?: number;
  readonly providerPeakBytes?: number;
}

export interface StateSize {
  readonly who: Who;
  /** How much each resource adds to the exported state. */
  readonly bytesPerResource: number;
  /** The size of the serialized provider in it, which Pulumi records twice. */
  readonly providerBytes: number;
}

export interface Noticing {
  readonly taskSeconds: number;
  /** From the end of the task to the request whose response reports it. */
  readonly delaySeconds: number;
}

export interface Loading {
  readonly what: "package" | "handlers";
  readonly milliseconds: number;
}

/** A result and its goal. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  /** The highest acceptable value. A figure without a goal is for information only. */
  readonly goal?: number;
  readonly value: number;
}

export const committedResults = path.join(root, "benchmarks", "results", "bench.json");
/** Not in version control. */
export const quickResults = path.join(root, "reports", "bench.json");

/** Reads a results file, or returns undefined if there is none. */
export function readResults(file = committedResults): Results | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
}

/** Writes a results file, formatted with one sample per line. */
export async function writeResults(file: string, results: Results): Promise<void> {
  // Imported here because Jest, which loads this module, cannot load prettier.
  const { format } = await import("prettier");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await format(JSON.stringify(results), { parser: "json", printWidth: 120 }));
}
