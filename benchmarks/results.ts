import type { Machine } from "./machine";
import type { Scale } from "./scale";

/** Our resource, or the bare dynamic resource that it is compared with. */
export type Who = "ours" | "bare";

/** One preview or up. */
export interface EngineRun {
  /** `fingerprints`: only that part of a preview of ours, in a process of its own. */
  readonly who: Who | "fingerprints";
  readonly resources: number;
  /** How long the service takes for each reset. */
  readonly taskSeconds?: number;
  readonly seconds: number;
  /** How many requests of each action the service was sent. */
  readonly requests?: Readonly<Record<string, number>>;
  /** How many of them it refused for want of quota. */
  readonly refused?: number;
  /** The most memory that the provider's process has had. */
  readonly providerPeakBytes?: number;
}

export interface StateSize {
  readonly who: Who;
  /** All that a resource adds to the exported state. */
  readonly bytesPerResource: number;
  /** Of that, the serialised provider: Pulumi records it twice. */
  readonly providerBytes: number;
}

export interface Noticing {
  readonly taskSeconds: number;
  /** From the end of the task to the request whose answer told it. */
  readonly delaySeconds: number;
}

export interface Loading {
  readonly what: "package" | "handlers";
  readonly milliseconds: number;
}

/** What each measurement finds, by its name: `npm run bench -- <name>` runs one alone. */
export interface Samples {
  readonly preview: EngineRun;
  readonly up: EngineRun;
  readonly thousand: EngineRun;
  readonly noticing: Noticing;
  readonly state: StateSize;
  readonly loading: Loading;
}

export type MeasurementName = keyof Samples;

/** A measurement, with where and when it was taken: they need not be taken together. */
export interface Measurement<Sample> {
  readonly takenAt: string;
  readonly machine: Machine;
  /** The machine's load before it, by the minute. */
  readonly loadBefore: number;
  readonly samples: readonly Sample[];
}

export type Measurements = { readonly [Name in MeasurementName]?: Measurement<Samples[Name]> };

/** The content of benchmarks/results/bench.json. */
export interface Results {
  readonly scale: Scale;
  /** What follows from the measurements. */
  readonly figures: readonly Figure[];
  readonly measurements: Measurements;
}

/** A figure, and where it was to get. */
export interface Figure {
  readonly work: string;
  readonly measuredBy: MeasurementName;
  readonly unit: string;
  /** The greatest that was to be reached; without one it is only for information. */
  readonly goal?: number;
  readonly reached: number;
}
