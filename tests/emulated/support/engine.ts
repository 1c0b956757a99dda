import { type Checkpoint, emptyCheckpoint } from "./checkpoint";
import { Deployment } from "./deployment";
import type { EmulatedCloud } from "./emulatedCloud";
import type { DeploymentOptions } from "./plan";
import type { Program } from "./program";
import type { FrontEnd } from "./providerMethods";
import { Killed, Run, type RunOptions } from "./run";

/** The result of a command. */
export interface CommandResult {
  /** The number of its run, which is also in its requests. */
  readonly run: number;
  /** The exit code; undefined if the command was killed. */
  readonly code: 0 | 1 | undefined;
  /** All printed lines. */
  readonly lines: readonly string[];
  /** The engine's steps in order, such as `update cache`. */
  readonly steps: readonly string[];
  /** The provider's responses, as JSON. */
  readonly answers: readonly string[];
  /** When the user has canceled it. */
  readonly canceledAtMs: number | undefined;
}

export type UpOptions = RunOptions & DeploymentOptions & { readonly refresh?: boolean };

/**
 * A stack, and the Pulumi commands that change it: an emulation of the engine, as far as our provider depends on it.
 */
export class Stack {
  checkpoint: Checkpoint = emptyCheckpoint;
  /** The checkpoint after each command, and before the first. */
  readonly history: Checkpoint[] = [emptyCheckpoint];
  /** The output of all commands. */
  readonly output: string[] = [];

  /** @param frontEnd the front end that the program uses from now on */
  constructor(
    private readonly cloud: EmulatedCloud,
    public frontEnd: FrontEnd = "class",
  ) {}

  up(program: Program, { refresh = false, ...options }: UpOptions = {}): Promise<CommandResult> {
    return this.command(options, async (deployment) => {
      if (refresh) await deployment.refresh();
      await deployment.carryOut(program);
    });
  }

  /** Runs a preview, which records nothing. */
  preview(program: Program, options: UpOptions = {}): Promise<CommandResult> {
    return this.up(program, { ...options, isPreview: true });
  }

  refresh(options: RunOptions = {}): Promise<CommandResult> {
    return this.command(options, (deployment) => deployment.refresh());
  }

  /** `pulumi import` of a resource with this id. */
  import(name: string, id: string, options: RunOptions = {}): Promise<CommandResult> {
    return this.command(options, (deployment) => deployment.import(name, id));
  }

  destroy(options: RunOptions = {}): Promise<CommandResult> {
    return this.command(options, (deployment) => deployment.carryOut([]));
  }

  /** `pulumi state taint` */
  taint(name: string): void {
    this.edit((checkpoint) => ({
      ...checkpoint,
      resources: checkpoint.resources.map((state) => (state.name === name ? { ...state, taint: true } : state)),
    }));
  }

  /** `pulumi state delete` */
  forget(name: string): void {
    this.edit((checkpoint) => ({
      ...checkpoint,
      resources: checkpoint.resources.filter((state) => state.name !== name),
    }));
  }

  /** `pulumi stack import` of an earlier export. */
  restore(checkpoint: Checkpoint): void {
    this.edit(() => checkpoint);
  }

  edit(change: (checkpoint: Checkpoint) => Checkpoint): void {
    this.checkpoint = structuredClone(change(this.checkpoint));
    this.history.push(this.checkpoint);
  }

  /** The outputs of a resource in the state, by default of the only one. */
  outputs(name?: string): Readonly<Record<string, unknown>> | undefined {
    return this.checkpoint.resources.find((state) => !state.delete && (name === undefined || state.name === name))
      ?.outputs;
  }

  private async command(
    options: RunOptions & DeploymentOptions,
    work: (deployment: Deployment) => Promise<void>,
  ): Promise<CommandResult> {
    const run = new Run(this.cloud, this.frontEnd, options);
    const save = (checkpoint: Checkpoint) => (this.checkpoint = structuredClone(checkpoint));
    const deployment = new Deployment(run, this.checkpoint, save, options);
    const ended = work(deployment).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    await this.cloud.time.until(ended);
    this.history.push(this.checkpoint);
    this.output.push(...run.lines);
    const code = run.wasKilled ? undefined : deployment.hasFailed ? 1 : 0;
    const { number, lines, answers, canceledAtMs } = run;
    return { run: number, code, lines, steps: deployment.steps, answers, canceledAtMs };
  }
}
