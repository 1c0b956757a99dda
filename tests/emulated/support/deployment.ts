import type { Properties } from "../../protocol/support/struct";
import type { Checkpoint, PendingOperation, ResourceState } from "./checkpoint";
import { type DeploymentOptions, Failed, type Step, importResource, planStep, previewStep } from "./plan";
import { type Declaration, type Program, registered } from "./program";
import { type Subject, received } from "./providerMethods";
import { Records } from "./records";
import { Killed, type Run } from "./run";

/**
 * A run of the engine: the calls of the provider's methods, and what it records of their responses. Steps are planned
 * one after another and executed together.
 */
export class Deployment {
  readonly steps: string[] = [];
  hasFailed = false;
  private readonly records: Records;

  constructor(
    private readonly run: Run,
    checkpoint: Checkpoint,
    save: (checkpoint: Checkpoint) => void,
    private readonly options: DeploymentOptions = {},
  ) {
    this.records = new Records(checkpoint, (written) => {
      if (options.isPreview) return;
      if (!run.goesOn()) throw new Killed();
      save(written);
    });
  }

  /** Reads every resource, and compares without a check. */
  async refresh(): Promise<void> {
    await this.together(
      this.records.resources.filter((state) => !state.delete && !state.pendingReplacement),
      async (state) => {
        const { read, diff } = this.run.provider;
        const found = await this.call("read", () => read(state, state.id, state.outputs));
        if (!found.id) {
          this.records.replace(state, undefined);
          return;
        }
        // An error of the last operation is cleared.
        const refreshed: ResourceState = { inputs: state.inputs, ...found, name: state.name, ...findTaint(state) };
        await this.call("diff", () => diff(state, refreshed.id, refreshed.outputs, refreshed.inputs));
        this.records.replace(state, refreshed);
      },
    );
  }

  /** `pulumi import`, which keeps recorded resources. The check has no password, so its problems are only shown. */
  async import(name: string, id: string): Promise<void> {
    await this.attempt(async () => {
      if (this.run.frontEnd === "class") throw new Error("a dynamic resource cannot be imported");
      if (this.records.find({ name })) throw new Error(`${name} is in the state already`);
      const { inputs } = await importResource(name, id, this.run, this.records);
      await this.call("", () => this.run.provider.check({ name }, inputs, inputs));
    });
  }

  /** Changes the resources to match the program. */
  async carryOut(program: Program): Promise<void> {
    if (this.hasFailed) return;
    const running: Promise<void>[] = [];
    for (const declaration of registered(program, this.run.frontEnd)) {
      if (this.mustStop()) break;
      await this.attempt(async () => {
        const step = await planStep(declaration, this.run, this.records, this.options.replace);
        this.steps.push(`${step.kind} ${declaration.name}`);
        if (this.options.isPreview) return previewStep(step, declaration, this.run);
        const carriedOut = this.attempt(() => this.execute(step, declaration));
        // It may end before it is awaited.
        carriedOut.catch(() => undefined);
        running.push(carriedOut);
      });
    }
    await Promise.all(running);
    if (this.mustStop() || this.options.isPreview) return;
    const names = new Set(program.map(({ name }) => name));
    const gone = this.records.resources.filter((state) => state.delete ?? !names.has(state.name));
    await this.together(gone, (state) => this.remove(state));
  }

  private async execute(step: Step, declaration: Declaration): Promise<void> {
    switch (step.kind) {
      case "same":
        // The outputs stay, even if the inputs have changed.
        this.records.replace(step.old, { ...step.old, name: declaration.name, inputs: step.inputs });
        return;
      case "create":
        return this.create(declaration, step.inputs, this.records.find(declaration));
      case "update":
        return this.update(declaration, step.old, step.inputs);
      case "replace":
        if (!declaration.deleteBeforeReplace) {
          return this.create(declaration, step.inputs, step.old, { ...step.old, delete: true });
        }
        await this.remove(step.old, { ...step.old, pendingReplacement: true });
        return this.create(declaration, step.inputs, this.records.find(declaration));
    }
  }

  /** @param remains the record of the old resource once the new one exists */
  private async create(to: Subject, inputs: Properties, old?: ResourceState, remains?: ResourceState): Promise<void> {
    const { name } = to;
    const { provider } = this.run;
    const created = async () => ({ name, inputs, ...(await this.call("", () => provider.create(to, inputs))) });
    const state = await this.operation({ name, type: "creating" }, created, inputs);
    this.records.add(state);
    this.records.replace(old, remains);
    if (state.initErrors) throw new Failed();
  }

  private async update(to: Subject, old: ResourceState, inputs: Properties): Promise<void> {
    const { name } = to;
    const { id, outputs: olds } = old;
    const updated = async () => {
      const outputs = await this.call("", () => this.run.provider.update(to, id, olds, inputs));
      return { name, id, inputs, outputs };
    };
    // After a partial failure the old inputs stay.
    const state = await this.operation({ name, type: "updating" }, updated, old.inputs);
    this.records.replace(old, { ...state, ...findTaint(old) });
    if (state.initErrors) throw new Failed();
  }

  /** @param remains the record after that */
  private async remove(state: ResourceState, remains?: ResourceState): Promise<void> {
    this.steps.push(`delete ${state.name}`);
    const removed = async () => {
      // A resource that waits for its replacement is already deleted.
      const { id, outputs } = state;
      if (!state.pendingReplacement) await this.call("delete", () => this.run.provider.delete(state, id, outputs));
      return state;
    };
    await this.operation({ name: state.name, type: "deleting" }, removed, state.inputs);
    this.records.replace(state, remains);
  }

  /** @param inputsAfterFailure the recorded inputs after a partial failure */
  private async operation(
    pending: PendingOperation,
    work: () => Promise<ResourceState>,
    inputsAfterFailure: Properties,
  ): Promise<ResourceState> {
    this.records.begin(pending);
    try {
      const state = await work();
      this.records.end(pending);
      return state;
    } catch (error) {
      if (error instanceof Killed) throw error;
      this.records.end(pending);
      const { id, properties, reasons = [] } = error as { id?: string; properties?: Properties; reasons?: string[] };
      if (!id || !properties) {
        this.records.write();
        throw error;
      }
      for (const reason of reasons) this.run.print(`error: ${reason}`);
      return { name: pending.name, id, inputs: inputsAfterFailure, outputs: received(properties), initErrors: reasons };
    }
  }

  /**
   * Calls a method of the provider.
   *
   * @param printing the name of a method of dynamic resources that prints the stack of an error
   */
  private async call<T>(printing: string, method: () => Promise<T>): Promise<T> {
    try {
      return await Promise.race([method(), this.run.killed]);
    } catch (error) {
      const isPrinted = printing && this.run.frontEnd === "class" && !(error instanceof Killed);
      if (isPrinted) this.run.print(`${String(error)}: ${(error as Error).stack ?? ""}`);
      throw error;
    }
  }

  private mustStop(): boolean {
    const isCanceled = this.run.canceledAtMs !== undefined;
    if (isCanceled) this.hasFailed = true;
    return isCanceled || (this.hasFailed && !this.options.continueOnError);
  }

  private async together<T>(subjects: readonly T[], work: (subject: T) => Promise<void>): Promise<void> {
    await Promise.all(subjects.map((subject) => this.attempt(() => work(subject))));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Killed) throw error;
      this.hasFailed = true;
      if (!(error instanceof Failed)) this.run.print(`error: ${(error as Error).message}`);
    }
  }
}

const findTaint = ({ taint }: ResourceState): Pick<ResourceState, "taint"> => (taint ? { taint } : {});
