import type { Checkpoint } from "../checkpoint";
import type { AcceptedReset } from "../acceptedReset";
import type { EmulatedCloud } from "../emulatedCloud";
import { type CommandResult, Stack } from "../engine";
import type { Program } from "../program";
import type { FrontEnd } from "../providerMethods";
import { changeAsSomebodyElse } from "./foreignChange";
import { declareResources, idOfMain } from "./declareResources";
import { instanceIds } from "./names";
import { type Code, type Command, type ForeignChange, type Step, firstCode } from "./steps";
import { wordsFor } from "./words";

/** A command's circumstances and result. */
export interface Outcome {
  readonly command: Command;
  readonly code: Code;
  readonly program: Program;
  readonly result: CommandResult;
  readonly before: Checkpoint;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
}

/** A running story: the code, the stack, and the changes of each instance. */
export class Story {
  readonly stack: Stack;
  readonly told: string[] = [];
  readonly outcomes: Outcome[] = [];
  code = firstCode;
  /** Earlier outcomes may have been undone. */
  restoredAt = 0;
  name = "cache";
  formerName: string | undefined;

  constructor(
    readonly cloud: EmulatedCloud,
    frontEnd: FrontEnd,
  ) {
    this.stack = new Stack(cloud, frontEnd);
  }

  /** Runs a step. Returns the outcome of a command, to be judged. */
  async play(step: Step): Promise<Outcome | undefined> {
    this.told.push(`- ${wordsFor(step)}`);
    switch (step.do) {
      case "edit":
        this.code = { ...this.code, ...step.change };
        return undefined;
      case "command":
        return this.run(step);
      case "taint":
        this.stack.taint(this.name);
        return undefined;
      case "rename":
      case "rename with an alias":
        this.formerName = step.do === "rename" ? undefined : this.name;
        this.name = `cache${this.told.length}`;
        return undefined;
      case "restore":
        this.restore(step.back);
        return undefined;
      case "somebody else":
        this.changeAsSomebodyElse(step, step.instance);
        return undefined;
      case "end all faults":
        this.cloud.clearFaults();
        return undefined;
      case "use the class":
      case "use the plugin":
        this.stack.frontEnd = step.do === "use the class" ? "class" : "plugin";
        return undefined;
      case "forget imports":
        for (const { name, outputs } of this.stack.checkpoint.resources)
          if (!("passwordFingerprint" in outputs)) this.stack.forget(name);
        return undefined;
      case "pass":
        await this.cloud.time.pass(step.seconds * 1000);
        return undefined;
    }
  }

  /** Returns the accepted resets of a command. */
  resetsBy({ result }: Outcome): readonly AcceptedReset[] {
    return this.cloud.accepted.filter(({ run }) => run === result.run);
  }

  /** Returns the command that has sent the reset of a task; undefined for somebody else's. */
  senderOf(taskId: number): Outcome | undefined {
    const accepted = this.cloud.accepted.find((reset) => reset.taskId === taskId);
    return this.outcomes.find(({ result }) => result.run === accepted?.run);
  }

  private async run(command: Command): Promise<Outcome> {
    const { cloud, stack, code } = this;
    for (const fault of command.faults) cloud.addFault(fault);
    const program = declareResources(this, command);
    const known = {
      command,
      code,
      program,
      before: stack.checkpoint,
      beganAtMs: cloud.time.elapsedMs,
    };
    const result = await this.carryOut(command, program);
    cloud.forgetFaults();
    const outcome = { ...known, result, endedAtMs: cloud.time.elapsedMs };
    this.outcomes.push(outcome);
    const exit = result.code === undefined ? "killed" : `exit ${result.code}`;
    this.told.push(
      `  ${[exit, ...result.steps].join(", ")}`,
      ...result.lines.map((line) => `  | ${line.split("\n")[0] ?? ""}`),
    );
    return outcome;
  }

  private carryOut({ command, killAt, cancelAt, meanwhile }: Command, program: Program): Promise<CommandResult> {
    const onMoment = (moment: number) => {
      if (moment !== meanwhile?.at) return;
      this.changeAsSomebodyElse(meanwhile, this.code.instance);
    };
    const isVerificationBroken = this.code.verify === "broken";
    const ends = { ...(killAt !== undefined && { killAt }), ...(cancelAt !== undefined && { cancelAt }) };
    const options = { ...ends, onMoment, isVerificationBroken };
    switch (command) {
      case "up":
        return this.stack.up(program, options);
      case "up --refresh":
        return this.stack.up(program, { ...options, refresh: true });
      case "up --replace":
        return this.stack.up(program, { ...options, replace: program.map(({ name }) => name) });
      case "refresh":
        return this.stack.refresh(options);
      case "preview":
        return this.stack.preview(program, options);
      case "preview --refresh":
        return this.stack.preview(program, { ...options, refresh: true });
      case "import":
        return this.stack.import(this.name, idOfMain(this.code), options);
    }
  }

  private restore(back: number): void {
    const { history } = this.stack;
    const checkpoint = history[Math.max(0, history.length - 2 - back)];
    if (!checkpoint) return;
    this.stack.restore(checkpoint);
    this.restoredAt = this.outcomes.length;
  }

  private changeAsSomebodyElse(change: ForeignChange, instance: 0 | 1): void {
    const refusal = changeAsSomebodyElse(this.cloud, instanceIds[instance], change);
    if (refusal !== undefined) this.told.push(`  ${refusal}`);
  }
}
