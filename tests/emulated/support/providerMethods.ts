import { type Properties, fromStruct, toStruct } from "../../protocol/support/struct";

/** The two interfaces through which Pulumi calls the provider: for dynamic resources, and as a plugin. */
export type FrontEnd = "class" | "plugin";

/** The resource of a call. Only the plugin gets it. */
export interface Subject {
  readonly name: string;
  /** `customTimeouts`, in seconds. */
  readonly customTimeout?: number;
  readonly isPreview?: boolean;
}

/** The methods of a provider as the engine calls them, with properties as structs. */
export interface ProviderMethods {
  readonly check: (subject: Subject, olds: Properties, news: Properties) => Promise<Checked>;
  readonly diff: (subject: Subject, id: string, olds: Properties, news: Properties) => Promise<Difference>;
  readonly create: (subject: Subject, inputs: Properties) => Promise<{ id: string; outputs: Properties }>;
  /** An empty id means that the resource is gone. */
  readonly read: (subject: Subject, id: string, outputs: Properties) => Promise<Found>;
  readonly update: (subject: Subject, id: string, olds: Properties, news: Properties) => Promise<Properties>;
  readonly delete: (subject: Subject, id: string, outputs: Properties) => Promise<void>;
}

/** Called with each method that the engine calls, and its arguments. */
export type OnCall = (method: string, ...args: readonly unknown[]) => void;

interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

interface Found {
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs?: Properties;
}

/** @throws Error for undefined, or any other value that a struct cannot represent */
export const received = (properties: Properties): Properties => fromStruct(toStruct(properties));
