import { randomFrom } from "../../../tools/random";
import { expectDocumentedLines } from "../../support/documentedLines";
import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { EmulatedCloud } from "./emulatedCloud";
import { type CommandResult, Stack, type UpOptions } from "./engine";
import type { Program } from "./program";
import { rememberSlowHashes } from "./slowHash";

/** A failure of an up, and its result. */
export interface Row {
  /** The faults, in the format of the local cloud's `--fault`. */
  readonly faults: readonly string[];
  /** The output of the up, as a heading of docs/troubleshooting.md or a pattern; undefined if it succeeds. */
  readonly says?: EngineTestHeading | RegExp;
  /** The status in the state afterwards; `none` if it has no resource. */
  readonly status: "done" | "pending" | "failed" | "none";
  /** The number of resets that the service carries out, from before the fault until the password is set. */
  readonly resets: number;
  /** Whether a refresh comes between the failure and the next up. */
  readonly refresh?: true;
  /** The program's timeout for a reset, which ends a permanent fault. @default 4 */
  readonly timeoutSeconds?: number;
  /** Whether the up has `--refresh`. */
  readonly isRefreshing?: boolean;
}

const title = ({ faults, timeoutSeconds, isRefreshing, refresh }: Row): string =>
  [
    ...faults,
    ...(timeoutSeconds === undefined ? [] : [`within ${timeoutSeconds} s`]),
    ...(isRefreshing ? ["--refresh"] : []),
    ...(refresh ? ["then a refresh"] : []),
  ].join(", ");

const instanceId = "crs-5a4py64p";

/** Tests that each row recovers, with the result in the row. */
export function recoverFrom(rows: readonly Row[]): void {
  let cloud: EmulatedCloud;

  beforeAll(async () => {
    rememberSlowHashes();
    cloud = await EmulatedCloud.start({ instances: { [instanceId]: "start-Passw0rd" }, taskSeconds: 0.2 });
  });
  afterAll(() => cloud.stop());
  beforeEach(async () => {
    await cloud.begin();
    jest.spyOn(Math, "random").mockImplementation(randomFrom(1));
  });

  it.each(rows.map((row) => [title(row), row] as const))("%s", async (_, row) => {
    const recovery = new Recovery(cloud, row);
    expect(await recovery.up("first-Passw0rd")).toMatchObject({ code: 0 });
    await recovery.run();
  });
}

/** A stack whose up fails. */
class Recovery {
  private readonly stack: Stack;

  constructor(
    private readonly cloud: EmulatedCloud,
    private readonly row: Row,
  ) {
    this.stack = new Stack(cloud);
  }

  up(password: string, options: UpOptions = {}): Promise<CommandResult> {
    const { timeoutSeconds = 4 } = this.row;
    const inputs = { instanceId, region: this.cloud.region, password, timeoutSeconds };
    const program: Program = [{ name: "cache", inputs }];
    return this.stack.up(program, options);
  }

  /** Runs a row up to its recovery. */
  async run(): Promise<void> {
    const { cloud } = this;
    const { faults, says, status, resets, refresh, isRefreshing = false } = this.row;
    const before = cloud.accepted.length;
    for (const fault of faults) cloud.addFault(fault);
    const up = await this.up("second-Passw0rd", { refresh: isRefreshing });
    cloud.clearFaults();
    expectSaid(up, says);
    expect(this.status).toBe(status);

    if (refresh) {
      expect(await this.stack.refresh()).toMatchObject({ code: 0 });
      expect(this.status).toBe(status);
    }
    if (says !== undefined) expect(await this.up("second-Passw0rd")).toMatchObject({ code: 0 });
    await this.expectGoodEnd();
    expect(cloud.accepted.length - before).toBe(resets);
  }

  private get status(): unknown {
    return this.stack.outputs()?.status ?? "none";
  }

  /** Expects that the instance has the password in the code, that the state agrees, and that nothing is left to do. */
  private async expectGoodEnd(): Promise<void> {
    const { stack, cloud } = this;
    expect(await cloud.accepts("second-Passw0rd", instanceId)).toBe(true);
    const [resource] = stack.checkpoint.resources;
    expect(resource?.outputs).toMatchObject({ status: "done", passwordFingerprint: resource?.inputs.password });
    expect([stack.output, JSON.stringify(stack.checkpoint)].join("\n")).not.toContain("Passw0rd");
    const { requests } = cloud;
    const sent = requests.length;
    expect(await this.up("second-Passw0rd")).toMatchObject({ code: 0, steps: ["same cache"] });
    expect(requests.length).toBe(sent);
  }
}

/** Expects these words in the output of the up; without any, expects success. */
function expectSaid({ code, lines }: CommandResult, words: Row["says"]): void {
  if (words === undefined) {
    expect({ code, lines: code === 0 ? [] : lines }).toEqual({ code: 0, lines: [] });
    return;
  }
  expect(code).toBe(1);
  const output = lines.join("\n");
  if (typeof words === "string") expectDocumentedLines(output, words);
  else expect(output).toMatch(words);
}
