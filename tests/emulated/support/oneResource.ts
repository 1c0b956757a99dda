import { randomFrom } from "../../../tools/random";
import type { Properties } from "../../protocol/support/struct";
import { EmulatedCloud } from "./emulatedCloud";
import type { EmulatedCloudOptions } from "./renewCloud";
import { type CommandResult, Stack, type UpOptions } from "./engine";
import type { Declaration } from "./program";
import { rememberSlowHashes } from "./slowHash";

export const instanceId = "crs-5a4py64p";
export const first = "first-Passw0rd";
export const second = "second-Passw0rd";
export const foreign = "foreign-Passw0rd";

/** A stack with one resource, and its surroundings. */
export class OneResource {
  stack: Stack;
  inputs: Properties = {};
  options: Partial<Declaration> = {};
  /** How far the machine's clock is ahead of the cloud's. */
  clockOffMs = 0;

  constructor(readonly cloud: EmulatedCloud) {
    this.stack = new Stack(cloud);
  }

  up(password: string, options: UpOptions = {}): Promise<CommandResult> {
    return this.stack.up(this.program(password), { clockOffMs: this.clockOffMs, ...options });
  }

  preview(password: string, options: UpOptions = {}): Promise<CommandResult> {
    return this.stack.preview(this.program(password), { clockOffMs: this.clockOffMs, ...options });
  }

  refresh(): Promise<CommandResult> {
    return this.stack.refresh({ clockOffMs: this.clockOffMs });
  }

  private program(password: string): readonly Declaration[] {
    const inputs = { instanceId, region: this.cloud.region, password, ...this.inputs };
    return [{ name: "cache", inputs, ...this.options }];
  }

  /** The recorded outputs. Expects no password in them or in the output. */
  get recorded(): Properties {
    const { checkpoint, output } = this.stack;
    expect([...output, JSON.stringify(checkpoint)].join("\n")).not.toContain("-Passw0rd");
    return this.stack.outputs() ?? {};
  }

  get resets(): number {
    return this.cloud.accepted.length;
  }

  /** Waits for a change by somebody else. */
  async somebodyElse(
    action: "ResetPassword" | "ModifyInstanceAccount",
    parameters: object,
    seconds?: number,
  ): Promise<void> {
    const whole = action === "ModifyInstanceAccount" ? { AccountName: "root", ...parameters } : parameters;
    this.cloud.changeAsSomebodyElse(action, instanceId, whole, seconds);
    await this.cloud.time.pass(1000 * (seconds ?? 1));
  }

  /** Expects that the instance has the password, and that nothing is left to do. */
  async expectRight(password: string, resets: number): Promise<void> {
    expect(await this.cloud.accepts(password, instanceId)).toBe(true);
    expect(this.recorded).toMatchObject({ status: "done" });
    expect(this.recorded).not.toHaveProperty("reason");
    expect(await this.up(password)).toMatchObject({ code: 0, steps: ["same cache"], lines: [] });
    expect(this.resets).toBe(resets);
  }
}

/** Returns the lines of a command about the instance, without its id. */
export const splitLines = ({ lines }: CommandResult): string[] =>
  lines.flatMap((line) => (line.startsWith(`${instanceId}: `) ? [line.slice(instanceId.length + 2)] : []));

/** Starts a cloud for the tests of a file. The returned function begins a new history. */
export function oneResource(): (options?: Partial<EmulatedCloudOptions>) => Promise<OneResource> {
  const started: { cloud?: EmulatedCloud } = {};
  beforeAll(async () => {
    rememberSlowHashes();
    jest.spyOn(Math, "random").mockImplementation(randomFrom(1));
    started.cloud = await EmulatedCloud.start({ instances: { [instanceId]: "start-Passw0rd" } });
  });
  afterAll(() => started.cloud?.stop());
  return async (options) => {
    const { cloud } = started;
    if (!cloud) throw new Error("the cloud is not started");
    await cloud.begin(options);
    return new OneResource(cloud);
  };
}
