import { CloudError } from "../../../../local-cloud/protocol/cloudError";
import type { Checkpoint } from "../checkpoint";
import type { AcceptedReset, EmulatedCloud } from "../emulatedCloud";
import { type CommandResult, Stack } from "../engine";
import type { Program } from "../program";
import { type Code, type Command, type Step, firstCode } from "./steps";
import { wordsFor } from "./words";

/** They hold the short key that requests are signed with. */
export const instanceIds = ["crs-test0", "crs-test1"] as const;
export const region = "ap-guangzhou";

/** Every password has this in it, and nothing else has. */
export const mark = "-Passw0rd-";

export const passwords = [`zero${mark}x`, `one${mark}x`, `two${mark}x`] as const;

/** What a command has met with and come to. */
export interface Outcome {
  readonly command: Command;
  readonly code: Code;
  readonly program: Program;
  readonly result: CommandResult;
  readonly before: Checkpoint;
  readonly beganAtMs: number;
}

/** A story as it is played: the code, the stack, and who has changed which instance. */
export class Story {
  readonly stack: Stack;
  readonly told: string[] = [];
  readonly outcomes: Outcome[] = [];
  code = firstCode;
  /** The outcomes before this one may have been undone. */
  restoredAt = 0;
  private name = "cache";
  private formerName: string | undefined;

  constructor(readonly cloud: EmulatedCloud) {
    this.stack = new Stack(cloud);
  }

  /** Does a step. A command's outcome is there to be judged. */
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
        this.changeAsSomebodyElse(step.change, instanceIds[step.instance], step.seconds);
        return undefined;
      case "end all faults":
        this.cloud.clearFaults();
        return undefined;
      case "pass":
        await this.cloud.time.pass(step.seconds * 1000);
        return undefined;
    }
  }

  /** The resets that were accepted from a command. */
  resetsBy({ result }: Outcome): readonly AcceptedReset[] {
    return this.cloud.accepted.filter(({ run }) => run === result.run);
  }

  /** Which command has sent the reset of a task; undefined for somebody else's. */
  senderOf(taskId: number): Outcome | undefined {
    const accepted = this.cloud.accepted.find((reset) => reset.taskId === taskId);
    return this.outcomes.find(({ result }) => result.run === accepted?.run);
  }

  private programFor(command: Command): Program {
    const { instance, both } = this.code;
    const aliases = this.formerName === undefined ? {} : { aliases: [this.formerName] };
    const main = { ...this.declare(this.name, instance, command), ...aliases };
    return both ? [main, this.declare("other", instance === 0 ? 1 : 0, command)] : [main];
  }

  private declare(name: string, instance: 0 | 1, command: Command): Program[number] {
    const { password, trigger, ignoreChanges, onCreate } = this.code;
    const inputs = {
      instanceId: instanceIds[instance],
      region,
      password: passwords[password],
      triggers: { rotation: String(trigger) },
      onCreate,
      timeoutSeconds: command.timeoutSeconds,
      ...this.verify(name, instanceIds[instance], command),
    };
    return { name, inputs, ignoreChanges };
  }

  /** The address of the instance that the resource has: not the code's, where that is ignored. */
  private verify(name: string, instanceId: string, { command }: Command): { verify?: object } {
    const { verify, ignoreChanges } = this.code;
    if (verify === "none") return {};
    if (verify === "unreachable") return { verify: { host: "127.0.0.1", port: 9 } };
    const names = [name, this.formerName];
    const recorded = this.stack.checkpoint.resources.find((state) => !state.delete && names.includes(state.name));
    const isIgnored = ignoreChanges.includes("instanceId") && !recorded?.taint && command !== "up --replace";
    return { verify: this.cloud.addressOf(isIgnored && recorded ? String(recorded.inputs.instanceId) : instanceId) };
  }

  private async run(command: Command): Promise<Outcome> {
    const { cloud, stack, code } = this;
    for (const fault of command.faults) cloud.addFault(fault);
    const program = this.programFor(command);
    const known = {
      command,
      code,
      program,
      before: stack.checkpoint,
      beganAtMs: cloud.time.elapsedMs,
    };
    const result = await this.carryOut(command, program);
    cloud.forgetFaults();
    const outcome = { ...known, result };
    this.outcomes.push(outcome);
    const exit = result.code === undefined ? "killed" : `exit ${result.code}`;
    this.told.push(
      `  ${[exit, ...result.steps].join(", ")}`,
      ...result.lines.map((line) => `  | ${line.split("\n")[0] ?? ""}`),
    );
    return outcome;
  }

  private carryOut({ command, killAt, meanwhile }: Command, program: Program): Promise<CommandResult> {
    const onMoment = (moment: number) => {
      if (moment !== meanwhile?.at) return;
      this.changeAsSomebodyElse(meanwhile.change, instanceIds[this.code.instance], meanwhile.seconds);
    };
    const isVerificationBroken = this.code.verify === "broken";
    const options = { ...(killAt !== undefined && { killAt }), onMoment, isVerificationBroken };
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
    }
  }

  private restore(back: number): void {
    const { history } = this.stack;
    const checkpoint = history[Math.max(0, history.length - 2 - back)];
    if (!checkpoint) return;
    this.stack.restore(checkpoint);
    this.restoredAt = this.outcomes.length;
  }

  private changeAsSomebodyElse(change: keyof typeof foreignChanges, instanceId: string, seconds: number): void {
    const [action, parameters] = foreignChanges[change];
    try {
      this.cloud.changeAsSomebodyElse(action, instanceId, parameters, seconds);
    } catch (error) {
      // The instance is in no state for it.
      if (!(error instanceof CloudError)) throw error;
      this.told.push(`  ${error.message}`);
    }
  }
}

const foreignPassword = `foreign${mark}x`;

const foreignChanges = {
  reset: ["ResetPassword", { Password: foreignPassword }],
  account: ["ModifyInstanceAccount", { AccountName: "root", AccountPassword: foreignPassword }],
  "password-free": ["ResetPassword", { NoAuth: true }],
} as const;
