import { randomFrom } from "../../../tools/random";
import { expectDocumentedLines } from "../../support/documentedLines";
import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { EmulatedCloud } from "./emulatedCloud";
import { type CommandResult, Stack, type UpOptions } from "./engine";
import type { Program } from "./program";
import { rememberSlowHashes } from "./slowHash";

/** A way for an up to go wrong, and what comes of it. */
export interface Row {
  /** What goes wrong, as the local cloud's `--fault` takes it. */
  readonly faults: readonly string[];
  /** What the up says, by a heading of docs/troubleshooting.md or itself; undefined where it succeeds all the same. */
  readonly says?: EngineTestHeading | RegExp;
  /** What the state then holds of the resource; `none` where there is no resource in it. */
  readonly status: "done" | "pending" | "failed" | "none";
  /** How many resets the service has carried out, from before the fault until the password is set. */
  readonly resets: number;
  /** Whether a refresh comes between the failure and the next up. */
  readonly refresh?: true;
  /** How long the program waits for a reset: a fault that does not pass ends by it. @default 4 */
  readonly timeoutSeconds?: number;
  /** Whether the up is one with `--refresh`. */
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

/** Tests that each row ends well, and as the row says. */
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

/** A stack whose up goes wrong. */
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

  /** Goes through a row to its good end. */
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

  /** The instance has the password of the code, the state agrees, and there is nothing left to do. */
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

/** Fails unless the up has ended in such words; without any, it must have succeeded. */
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
