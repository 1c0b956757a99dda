import type { Properties } from "../../protocol/support/struct";
import type { ResourceState } from "./checkpoint";
import { type Declaration, withIgnored } from "./program";
import type { Records } from "./records";
import type { Run } from "./run";

export interface DeploymentOptions {
  /** `--replace` */
  readonly replace?: readonly string[];
  /** `--continue-on-error` */
  readonly continueOnError?: boolean;
  /** Only shows the steps. */
  readonly isPreview?: boolean;
}

export type Step =
  | { readonly kind: "create"; readonly inputs: Properties }
  | { readonly kind: "same" | "update" | "replace"; readonly old: ResourceState; readonly inputs: Properties };

/** The error of a failed run, if it was already printed. */
export class Failed extends Error {}

/** Returns the step for a declared resource. @param replace names of resources to replace in any case */
export async function planStep(
  declaration: Declaration,
  run: Run,
  records: Records,
  replace: readonly string[] = [],
): Promise<Step> {
  const { name } = declaration;
  const unlessKilled = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, run.killed]);
  const checked = async (olds: Properties, news: Properties): Promise<Properties> => {
    const { inputs, failures } = await unlessKilled(run.provider.check(declaration, olds, news));
    for (const { reason } of failures) run.print(`error: ${name} has a problem: ${reason}`);
    if (failures.length > 0) throw new Failed();
    return inputs;
  };
  const old = records.find(declaration) ?? (await importDeclared(declaration, run, records));
  if (!old || old.pendingReplacement) return { kind: "create", inputs: await checked({}, declaration.inputs) };
  if (old.taint ?? replace.includes(name)) {
    return { kind: "replace", old, inputs: await checked({}, declaration.inputs) };
  }
  const inputs = await checked(old.inputs, withIgnored(declaration, old.inputs));
  const { changes, replaces } = await unlessKilled(run.provider.diff(declaration, old.id, old.outputs, inputs));
  // A replacement is checked like a new resource, without recorded values.
  if (replaces.length > 0) return { kind: "replace", old, inputs: await checked({}, declaration.inputs) };
  return { kind: changes || old.initErrors ? "update" : "same", old, inputs };
}

/** Dynamic resources cannot be imported. */
const importDeclared = async (
  { name, import: id }: Declaration,
  run: Run,
  records: Records,
): Promise<ResourceState | undefined> =>
  id === undefined || run.frontEnd === "class" ? undefined : importResource(name, id, run, records);

/** Reads an existing resource, and records it. */
export async function importResource(name: string, id: string, run: Run, records: Records): Promise<ResourceState> {
  const { inputs = {}, ...found } = await Promise.race([run.provider.read({ name }, id, {}), run.killed]);
  const state: ResourceState = { ...found, name, inputs };
  records.add(state);
  records.write();
  return state;
}

/** Returns the plugin's preview of a step. A dynamic provider is not called. */
export async function previewStep(step: Step, declaration: Declaration, run: Run): Promise<void> {
  if (run.frontEnd === "class" || step.kind === "same") return;
  const subject = { ...declaration, isPreview: true };
  if (step.kind === "update") await run.provider.update(subject, step.old.id, step.old.outputs, step.inputs);
  else await run.provider.create(subject, step.inputs);
}
