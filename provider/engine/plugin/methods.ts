/** Inputs, outputs or settings, as plain values. */
export type Properties = Readonly<Record<string, unknown>>;

/** The resource that a call is about, by its name in the whole stack: what is logged is shown under it. */
interface Call {
  readonly urn: string;
}

/** A call that may only tell what it would do. */
interface Change extends Call {
  readonly isPreview: boolean;
  /** The resource's `customTimeouts`; 0 where the program gives none. */
  readonly timeoutSeconds: number;
}

/** What a check accepts, or why it does not: a sentence for each problem. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly string[];
}

interface CheckCall extends Call {
  /** Empty for a new resource, and in a replacement's second check. */
  readonly oldInputs: Properties;
  readonly inputs: Properties;
}

interface DiffCall extends Call {
  readonly outputs: Properties;
  readonly inputs: Properties;
}

/** How one property differs. */
export interface PropertyChange {
  readonly kind: "add" | "delete" | "update";
  readonly isReplacement: boolean;
  /** Whether inputs differ, and not an output and an input. */
  readonly isInput: boolean;
}

/** What a diff has found, by the paths of properties. Empty where nothing is to be done. */
export type Difference = ReadonlyMap<string, PropertyChange>;

export interface CreateCall extends Change {
  readonly inputs: Properties;
}

interface UpdateCall extends Change, DiffCall {}

interface ReadCall extends Call {
  readonly id: string;
  /** Empty in an import. */
  readonly outputs: Properties;
}

interface DeleteCall extends Call {
  readonly outputs: Properties;
}

/** A resource as a call leaves it. An empty id means that it is gone, or not known yet. */
export interface Resource {
  readonly id: string;
  readonly outputs: Properties;
  /** Only after an import: what a program needs to say. */
  readonly inputs?: Properties;
}

/** What the engine calls, without its wire. */
export interface PluginMethods {
  readonly checkConfig: (settings: Properties) => Checked;
  readonly configure: (settings: Properties) => void;
  readonly check: (call: CheckCall) => Checked;
  readonly diff: (call: DiffCall) => Difference;
  readonly create: (call: CreateCall) => Promise<Resource>;
  readonly read: (call: ReadCall) => Promise<Resource>;
  readonly update: (call: UpdateCall) => Promise<Properties>;
  readonly delete: (call: DeleteCall) => void;
}
