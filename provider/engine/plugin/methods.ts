/** Inputs, outputs or settings, as plain values. */
export type Properties = Readonly<Record<string, unknown>>;

/** The resource that a call is about. Its URN decides under which resource log lines are shown. */
interface Call {
  readonly urn: string;
}

/** A create or an update, which may be a preview. */
interface ChangeCall extends Call {
  readonly isPreview: boolean;
  /** The resource's `customTimeouts`, in seconds; 0 if the program sets none. */
  readonly timeoutSeconds: number;
}

/** The inputs that a check accepts, or its reasons for a rejection: one sentence per problem. */
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
  /** Whether two inputs differ, as opposed to an output and an input. */
  readonly isInput: boolean;
}

/** The result of a diff, by property path. Empty if nothing needs to change. */
export type Difference = ReadonlyMap<string, PropertyChange>;

export interface CreateCall extends ChangeCall {
  readonly inputs: Properties;
}

interface UpdateCall extends ChangeCall, DiffCall {}

interface ReadCall extends Call {
  readonly id: string;
  /** Empty in an import. */
  readonly outputs: Properties;
}

interface DeleteCall extends Call {
  readonly outputs: Properties;
}

/** A resource after a call. An empty id means that it is gone, or that its id is not known yet. */
export interface Resource {
  readonly id: string;
  readonly outputs: Properties;
  /** Only after an import: the inputs that the program needs. */
  readonly inputs?: Properties;
}

/** The methods that the engine calls, independent of gRPC. */
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
