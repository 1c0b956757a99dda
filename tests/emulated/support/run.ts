import { cancelableWorld } from "../../../provider/resource/session/cancelableWorld";
import { Session } from "../../../provider/resource/session/session";
import type { Transport } from "../../../provider/tencentcloud/transport/http";
import type { World } from "../../../provider/resource/session/world";
import { verifyPassword } from "../../../provider/resource/verify/verifyPassword";
import type { EmulatedCloud } from "./emulatedCloud";
import { classMethods } from "./classMethods";
import { pluginMethods } from "./pluginMethods";
import type { FrontEnd, OnCall, ProviderMethods } from "./providerMethods";

/** Thrown into everything that waits for a killed run. */
export class Killed extends Error {
  override readonly name = "Killed";
}

export interface RunOptions {
  /** The moment at which the run is killed: each request, each response and each change of the checkpoint is one. */
  readonly killAt?: number;
  /** The moment at which the user cancels the run. Only the plugin is notified. */
  readonly cancelAt?: number;
  /** The time after which the user cancels the run. */
  readonly cancelAfterMs?: number;
  /** The stack's config, by full names. */
  readonly config?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether every verification of a password throws. */
  readonly isVerificationBroken?: boolean;
  /** Called at each moment, with its number. */
  readonly onMoment?: (moment: number) => void;
  /** Called with each method of the provider that the engine calls, and its arguments. */
  readonly onCall?: OnCall;
  /** How far this machine's clock is ahead of the cloud's. */
  readonly clockOffMs?: number;
}

/** An operation of Pulumi, with its own provider process. */
export class Run {
  readonly number: number;
  /** The output of the provider and the engine. */
  readonly lines: string[] = [];
  /** The provider's responses, as JSON: Pulumi may record or show any part of them. */
  readonly answers: string[] = [];
  readonly provider: ProviderMethods;
  readonly killed: Promise<never>;
  /** When the user has canceled the run, by the time of the cloud. */
  canceledAtMs: number | undefined;
  private isAlive = true;
  private moments = 0;
  private reject: (error: Killed) => void = () => undefined;
  private cancelProvider: () => void = () => undefined;

  constructor(
    private readonly cloud: EmulatedCloud,
    readonly frontEnd: FrontEnd,
    private readonly options: RunOptions = {},
  ) {
    this.number = cloud.nextRun();
    this.killed = new Promise((_, reject) => (this.reject = reject));
    this.killed.catch(() => undefined);
    const environment = { ...cloud.environment, ...options.environment };
    this.provider = this.startProvider({
      clock: cloud.time.forProcess(() => this.isAlive, options.clockOffMs),
      transport: this.transport,
      environment: (name) => environment[name],
      homeDirectory: "/nonexistent",
      verifyPassword: verifyBy(cloud, options),
    });
    if (options.cancelAfterMs !== undefined) cloud.time.alarm(options.cancelAfterMs, () => this.cancel());
  }

  private startProvider(ownWorld: World): ProviderMethods {
    const { config, onCall = () => undefined } = this.options;
    const print = (line: string) => this.print(line);
    if (this.frontEnd === "class") {
      const session = new Session(ownWorld);
      session.configure((name) => config?.[name]);
      return notingAnswers(classMethods(session, print, onCall), this.answers);
    }
    const { world, cancel } = cancelableWorld(ownWorld);
    const plugin = pluginMethods(new Session(world), print, cancel, onCall);
    this.cancelProvider = () => void plugin.cancel();
    return notingAnswers(plugin, this.answers);
  }

  print(line: string): void {
    if (this.isAlive) this.lines.push(line);
  }

  /** Prevents this run from sending anything more or getting a response. Tasks in the cloud continue. */
  kill(): void {
    this.isAlive = false;
    this.reject(new Killed("the run was killed"));
  }

  get wasKilled(): boolean {
    return !this.isAlive;
  }

  /** Prevents the engine from starting anything more. A dynamic provider is not notified. */
  private cancel(): void {
    if (this.canceledAtMs !== undefined) return;
    this.canceledAtMs = this.cloud.time.elapsedMs;
    this.cancelProvider();
  }

  /** Counts a moment at which a run may be killed or canceled. Returns whether the run continues. */
  goesOn(): boolean {
    if (this.isAlive) this.options.onMoment?.(this.moments);
    if (this.moments === this.options.cancelAt) this.cancel();
    if (this.moments++ === this.options.killAt) this.kill();
    return this.isAlive;
  }

  private readonly transport: Transport = async (action, request) => {
    if (!this.goesOn()) return this.killed;
    const answer = this.cloud.send(this.number, action, request);
    await answer.catch(() => undefined);
    return this.goesOn() ? answer : this.killed;
  };
}

/** Returns the same methods, which record their responses. */
function notingAnswers(methods: ProviderMethods, answers: string[]): ProviderMethods {
  const noting =
    <Args extends unknown[], Answer>(method: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      const answer = await method(...args);
      answers.push(JSON.stringify({ answer }));
      return answer;
    };
  return {
    check: noting(methods.check),
    diff: noting(methods.diff),
    create: noting(methods.create),
    read: noting(methods.read),
    update: noting(methods.update),
    delete: noting(methods.delete),
  };
}

/** AUTH is tried at the real server, in real time. */
function verifyBy({ time }: EmulatedCloud, { isVerificationBroken = false }: RunOptions): typeof verifyPassword {
  if (isVerificationBroken) return () => Promise.reject(new Error("The verification is broken"));
  return (...args) => time.holdFor(verifyPassword(...args));
}
