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

/** What each measurement finds, by its name: `npm run bench -- <name>` runs only that one. */
export interface Samples {
  readonly preview: EngineRun;
  readonly up: EngineRun;
  readonly thousand: EngineRun;
  readonly noticing: Noticing;
  readonly state: StateSize;
  readonly loading: Loading;
}

/** A measurement with its own time and machine, since each can be repeated alone. */
export interface Measurement<Sample> {
  readonly takenAt: string;
  readonly machine: Machine;
  /** The machine's load average of one minute before it started. */
  readonly loadBefore: number;
  readonly samples: readonly Sample[];
}

/** Our resource by the class or by the provider plugin, or the bare dynamic resource that both are compared with. */
export type Who = "ours" | "plugin" | "bare";

/** One preview or up. */
export interface EngineRun {
  /** `fingerprints`: only the password hashing of a preview, in a process of its own. */
  readonly who: Who | "fingerprints";
  readonly resources: number;
  /** How long the service takes for each reset. */
  readonly taskSeconds?: number;
  readonly seconds: number;
  /** The number of requests by action. */
  readonly requests?: Readonly<Record<string, number>>;
  /** How many of them were throttled. */
  readonly refused?: number;
  readonly providerPeakBytes?: number;
}

export interface StateSize {
  readonly who: Who;
  /** How much each resource adds to the exported state. */
  readonly bytesPerResource: number;
  /** The serialized provider in it, which Pulumi records twice. */
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
/** Outside version control. */
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
