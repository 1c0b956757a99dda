import type { CommandOptions, CommandResult } from "../../../tools/command";
import { until } from "../../../tools/processes";
import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "./documented";
import { expectSuccess } from "./expectSuccess";
import { Fixture, program } from "./fixture";

/** A failure of an up, and its result. */
export interface Row {
  /** The faults, in the format of the local cloud's `--fault`. */
  readonly faults: readonly string[];
  /** The output of the up, as a heading of docs/troubleshooting.md; undefined if it succeeds. */
  readonly says?: EngineTestHeading;
  /** The status in the state afterwards; `none` if it has no resource. */
  readonly status: "done" | "pending" | "failed" | "none";
  /** The number of resets that the service carries out, from before the fault until the password is set. */
  readonly resets: number;
  /** Whether a refresh comes between the failure and the next up. */
  readonly refresh?: true;
  /** The program's timeout for a reset, which ends a permanent fault. @default 120 */
  readonly timeoutSeconds?: number;
  /** Arguments of the up. */
  readonly args?: readonly string[];
}

/** Tests that each row recovers, with the result in the row. */
export function recoverFrom(rows: readonly Row[]): void {
  const titled = rows.map((row) => [title(row), row] as const);
  it.each(titled)("%s", (_, row) => onStack((recovery) => recovery.run(row)));
}

const title = ({ faults, args = [], refresh }: Row): string =>
  [...faults, ...args, ...(refresh ? ["then a refresh"] : [])].join(", ");

/**
 * Runs a test on a stack whose password is set. Creating a stack takes a while, so it is reused after a test that has
 * passed; a failed test leaves nothing for the next one.
 */
export async function onStack(test: (recovery: Recovery) => Promise<void>): Promise<void> {
  const recovery = good ?? (await Recovery.create());
  good = undefined;
  await test(recovery);
  good = recovery;
}

const made: Recovery[] = [];
let good: Recovery | undefined;
afterAll(() => Promise.all(made.splice(0).map(({ fixture }) => fixture.dispose())));

/** A stack, and the password in its code, which changes from test to test. */
export class Recovery {
  private passwords = 0;

  private constructor(readonly fixture: Fixture) {}

  static async create(): Promise<Recovery> {
    const recovery = new Recovery(await Fixture.create(program()));
    made.push(recovery);
    expect(await recovery.up()).toMatchObject({ code: 0 });
    return recovery;
  }

  /** The number of resets that the service has carried out. */
  get carriedOut(): number {
    return this.fixture.requests.filter(({ action, taskId }) => action === "ResetPassword" && taskId !== null).length;
  }

  get password(): string {
    return `Passw0rd-number-${this.passwords}`;
  }

  up(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}, options: CommandOptions = {}) {
    const all = ["up", "--yes", "--skip-preview", ...args];
    return this.fixture.pulumi(all, { REDIS_PASSWORD: this.password, ...environment }, options);
  }

  /** Sets the program's timeout for a reset, which alone is no change. */
  waitFor(timeoutSeconds = 120): void {
    this.fixture.write("index.js", program({ timeoutSeconds }));
  }

  /** Runs an up with another password in the code. */
  upToAnother(...args: Parameters<Recovery["up"]>): Promise<CommandResult> {
    this.passwords++;
    return this.up(...args);
  }

  /** The resource's status in the state. */
  async status(): Promise<unknown> {
    const resource = (await this.fixture.resources()).find(({ type }) => type.endsWith(":RedisInstancePassword"));
    return resource?.outputs?.status ?? "none";
  }

  /** Runs a row up to its recovery. */
  async run({ faults, says, status, resets, refresh, timeoutSeconds, args }: Row): Promise<void> {
    const { cloud } = this.fixture;
    const before = this.carriedOut;
    for (const fault of faults) cloud.addFault(fault);
    this.waitFor(timeoutSeconds);
    const up = await this.upToAnother(args);
    cloud.clearFaults();
    this.waitFor();
    expectSaid(up, says);
    expect(await this.status()).toBe(status);

    if (refresh) {
      expect(await this.fixture.pulumi(["refresh", "--yes"])).toMatchObject({ code: 0 });
      expect(await this.status()).toBe(status);
    }
    if (says !== undefined) expect(await this.up()).toMatchObject({ code: 0 });
    await this.expectGoodEnd();
    expect(this.carriedOut - before).toBe(resets);
  }

  /** Expects that the instance has the password in the code, that the state agrees, and that nothing is left to do. */
  async expectGoodEnd(): Promise<void> {
    expect(await this.fixture.auth(this.password)).toBe(true);
    const { inputs, outputs } = await this.fixture.cache();
    expect(outputs).toMatchObject({ status: "done", passwordFingerprint: inputs?.password });
    expect(this.fixture.output).not.toContain("Passw0rd");
  }
}

/** Runs an up to another password, and does something once its reset was sent. */
export async function upDuring(
  recovery: Recovery,
  during: (engine: number) => unknown,
  options: Omit<CommandOptions, "onStart"> = {},
): Promise<CommandResult> {
  const { cloud, resets } = recovery.fixture;
  let engine = 0;
  const running = recovery.upToAnother([], {}, { ...options, onStart: (id) => (engine = id) });
  await until(() => recovery.fixture.resets > resets);
  await during(engine);
  const up = await running;
  cloud.clearFaults();
  return up;
}

/** Expects the output of a heading on the troubleshooting page; without one, expects success. */
export function expectSaid(up: CommandResult, heading: EngineTestHeading | undefined): void {
  if (heading === undefined) {
    expectSuccess(up);
    return;
  }
  expect(up.code).not.toBe(0);
  expectDocumented(up, heading);
}
