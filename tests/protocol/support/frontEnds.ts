import { DynamicProvider } from "./dynamicProvider";
import { PluginProvider } from "./pluginProvider";
import { ProviderError } from "./providerError";
import type { Properties } from "./struct";
import type { TestCloud } from "./testCloud";

/** A provider process, through either interface of Pulumi. */
export interface FrontEnd {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: readonly object[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes: unknown; replaces: readonly string[] }>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  read(id: string, outputs: Properties): Promise<{ id: string; outputs: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outputs: Properties }>;
  delete(id: string, outputs: Properties): Promise<void>;
}

/** A front end with its own cloud. */
export interface Stage {
  readonly provider: FrontEnd;
  readonly cloud: TestCloud;
  /** Returns all lines since the last call, without the resource that they are shown under. */
  readonly takeLines: () => Promise<readonly string[]>;
}

export async function dynamicStage(cloud: TestCloud): Promise<Stage> {
  const provider = await DynamicProvider.start({ environment: cloud.environment });
  const takeLines = async () => (await provider.takeOutput()).stdout;
  return { provider, cloud, takeLines };
}

export async function pluginStage(cloud: TestCloud): Promise<Stage> {
  const provider = await PluginProvider.start({ environment: cloud.environment });
  const takeLines = () =>
    Promise.resolve(
      provider.takeLines().map(({ severity, urn, message }) => {
        if (urn !== provider.urn) return `under ${urn}: ${message}`;
        return severity === "info" ? message : message.replace(": ", ": warning: ");
      }),
    );
  return { provider, cloud, takeLines };
}

/** Returns the outcome of a step: its response or its failure. */
export async function outcomeOf(step: Promise<unknown>): Promise<unknown> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { message, initFailure } = error;
    // The dynamic provider returns the stack of an error.
    return { message: message.split("\n")[0], initFailure };
  }
}

/** The plugin's value for an output that an SDK would otherwise take from the input. */
export const standIn = { password: "[not recorded]" };

/** Replaces values that differ from run to run, and removes those of one front end only. */
export function comparable(outcome: unknown): unknown {
  const text = JSON.stringify(outcome, (name, value: unknown) => {
    return name === "__provider" || value === standIn.password ? undefined : value;
  });
  const replaced = text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, (id) => (id.startsWith("04da6b54") ? id : "<request>"))
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, "<time>")
    .replace(/127\.0\.0\.1:\d+/g, "<address>");
  return JSON.parse(replaced);
}
