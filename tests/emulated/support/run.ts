import { cancelableWorld } from "../../../provider/resource/cancelableWorld";
import { Session } from "../../../provider/resource/session";
import type { Transport } from "../../../provider/tencentcloud/transport/http";
import type { World } from "../../../provider/resource/world";
import { verifyPassword } from "../../../provider/resource/verifyPassword";
import type { EmulatedCloud } from "./emulatedCloud";
import { type ProviderMethods, providerMethods } from "./providerMethods";

/** Thrown into whatever waits for a run that was killed. */
export class Killed extends Error {
  override readonly name = "Killed";
}

export interface RunOptions {
  /** At which of its moments the run is killed: each request and answer is one, and each change of the checkpoint. */
  readonly killAt?: number;
  /** After what time the user cancels the run, as the plugin lets them. */
  readonly cancelAfterMs?: number;
  /** The stack's config, by full names. */
  readonly config?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether each verification of a password throws. */
  readonly isVerificationBroken?: boolean;
  /** Called at each of its moments, with its number. */
  readonly onMoment?: (moment: number) => void;
  /** Called with each method of the provider that the engine calls, and with what. */
  readonly onCall?: (method: string, ...args: readonly unknown[]) => void;
  /** How far this machine's clock is ahead of the cloud's. */
  readonly clockOffMs?: number;
}

/** One operation of Pulumi, with its own provider process. */
export class Run {
  readonly number: number;
  /** What the provider and the engine have printed. */
  readonly lines: string[] = [];
  readonly provider: ProviderMethods;
  readonly killed: Promise<never>;
  private isAlive = true;
  private moments = 0;
  private reject: (error: Killed) => void = () => undefined;

  constructor(
    private readonly cloud: EmulatedCloud,
    private readonly options: RunOptions = {},
  ) {
    this.number = cloud.nextRun();
    this.killed = new Promise((_, reject) => (this.reject = reject));
    this.killed.catch(() => undefined);
    const environment = { ...cloud.environment, ...options.environment };
    const session = new Session(
      this.cancelable({
        clock: cloud.time.forProcess(() => this.isAlive, options.clockOffMs),
        transport: this.transport,
        environment: (name) => environment[name],
        homeDirectory: "/nonexistent",
        verifyPassword: verifyBy(cloud, options),
      }),
    );
    session.configure((name) => options.config?.[name]);
    this.provider = providerMethods(session, (line) => this.print(line), options.onCall);
  }

  private cancelable(world: World): World {
    const { cancelAfterMs } = this.options;
    if (cancelAfterMs === undefined) return world;
    const cancelable = cancelableWorld(world);
    this.cloud.time.alarm(cancelAfterMs, () => cancelable.cancel());
    return cancelable.world;
  }

  print(line: string): void {
    if (this.isAlive) this.lines.push(line);
  }

  /** From now on nothing of this run is sent any more, and no answer reaches it. Tasks in the cloud go on. */
  kill(): void {
    this.isAlive = false;
    this.reject(new Killed("the run was killed"));
  }

  get wasKilled(): boolean {
    return !this.isAlive;
  }

  /** Counts a moment at which a run may be killed. Returns whether it goes on. */
  goesOn(): boolean {
    if (this.isAlive) this.options.onMoment?.(this.moments);
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

/** AUTH is tried at the real server, in real time. */
function verifyBy({ time }: EmulatedCloud, { isVerificationBroken = false }: RunOptions): typeof verifyPassword {
  if (isVerificationBroken) return () => Promise.reject(new Error("The verification is broken"));
  return (...args) => time.holdFor(verifyPassword(...args));
}
