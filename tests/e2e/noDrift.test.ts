import { readFileSync } from "node:fs";
import path from "node:path";

import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import type { CommandResult } from "../../tools/command";
import type { StackState } from "../../tools/pulumiStack";
import { expectDocumented } from "./support/documented";
import { Fixture, program, shown } from "./support/fixture";
import { linesOf } from "./support/lines";
import { MovedClock, day, minute } from "./support/movedClock";
import { somebodyElse } from "./support/somebodyElse";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const foreign = "foreign-Passw0rd";

/** Where a machine differs from the one that the cloud runs on. */
interface Machine {
  readonly TZ?: string;
  readonly clockOffMs?: number;
}

const clock = new MovedClock();
let fixture: Fixture;
let machine: Machine;

const environment = (): NodeJS.ProcessEnv => ({
  ...clock.environment(fixture, machine.clockOffMs),
  ...(machine.TZ !== undefined && { TZ: machine.TZ }),
});
const up = (password: string, ...args: string[]) => fixture.up(password, environment(), args);
const refresh = () => fixture.pulumi(["refresh", "--yes", "--skip-preview"], environment());

async function begin(source: string, options: LocalCloudOptions = {}, on: Machine = {}): Promise<void> {
  machine = on;
  fixture = await Fixture.create(source, { now: clock.now, ...options });
}

/** The resource in the state. No password may be there, nor in what was printed. */
async function recorded(): Promise<Record<string, unknown>> {
  const { deployment } = await fixture.state();
  expect(fixture.output + JSON.stringify(deployment)).not.toContain("-Passw0rd");
  return deployment.resources?.find(({ type }) => type.endsWith(":RedisInstancePassword"))?.outputs ?? {};
}

/** @param lines what is said all the same */
function expectUnchanged(result: CommandResult, lines: unknown[] = []): void {
  expect(result).toMatchObject({ code: 0 });
  expect(shown(result)).toMatch(/2 unchanged/);
  expect(linesOf(result)).toEqual(lines);
}

const somebodyElseSetIt =
  /^somebody else, or a run that was killed, set the password at .*; the next pulumi up resets the password$/;

const refusal = (what: string, action: string): unknown =>
  expect.stringMatching(
    new RegExp(
      `^${what} could not be looked at: ${action} failed: .* \\(UnauthorizedOperation, request \\S+\\); ` +
        `grant the CAM action redis:${action} on this instance$`,
    ),
  );

/** As an older version of this package has written them. */
async function editOutputs(edit: (outputs: Record<string, unknown>) => void): Promise<void> {
  const file = path.join(fixture.folder, "state.json");
  expect(await fixture.stack.run(["stack", "export", "--file", file])).toMatchObject({ code: 0 });
  const state = JSON.parse(readFileSync(file, "utf8")) as StackState;
  for (const { type, outputs } of state.deployment.resources ?? []) {
    if (type.endsWith(":RedisInstancePassword") && outputs) edit(outputs);
  }
  fixture.write("state.json", JSON.stringify(state));
  expect(await fixture.stack.run(["stack", "import", "--file", file])).toMatchObject({ code: 0 });
}

describe("an untouched instance", () => {
  afterEach(() => fixture.dispose());

  it.each<[string, LocalCloudOptions, Machine]>([
    ["where the service keeps the time of the password", { passwordTime: "kept" }, {}],
    ["where that time does not move with resets", { passwordTime: "stays" }, {}],
    ["where that time is not known", { passwordTime: "empty" }, {}],
    [
      "where the service's times are behind UTC, on a machine in Tokyo whose clock is 4 minutes behind",
      { timeZoneHours: -5 },
      { TZ: "Asia/Tokyo", clockOffMs: -4 * minute },
    ],
    [
      "where the service's times are UTC, on a machine whose clock is 4 minutes ahead",
      { timeZoneHours: 0 },
      { clockOffMs: 4 * minute },
    ],
    [
      "where the service's times are far ahead, on a machine in New York",
      { timeZoneHours: 14 },
      { TZ: "America/New_York" },
    ],
  ])("%s, has not drifted at once, nor a year later, until somebody else resets it", async (_, options, on) => {
    await begin(program(), options, on);
    expect(await up(first)).toMatchObject({ code: 0 });
    const before = await recorded();
    expect(before).toMatchObject({ status: "done", passwordTime: expect.any(String) as string });
    expectUnchanged(await refresh());
    clock.moveOn(365 * day);
    expectUnchanged(await up(first, "--refresh"));
    expect(await recorded()).toEqual(before);
    expect(fixture.resets).toBe(1);

    await somebodyElse(fixture).resets(foreign);
    expect(linesOf(await refresh())).toEqual([expect.stringMatching(somebodyElseSetIt)]);
  });

  it("has not drifted after twenty refreshes", async () => {
    await begin(program());
    await up(first);
    const before = await recorded();
    for (let turn = 0; turn < 20; turn++) expectUnchanged(await refresh());
    expectUnchanged(await up(first, "--refresh"));
    expect(await recorded()).toEqual(before);
    expect(fixture.resets).toBe(1);
    expect(await fixture.auth(first)).toBe(true);
  }, 400_000);
});

describe("no drift is found", () => {
  beforeAll(async () => {
    await begin(program());
    await up(first);
  });
  afterAll(() => fixture.dispose());
  afterEach(() => fixture.cloud.clearFaults());

  it("in a change of the account's remark minutes later", async () => {
    const before = await recorded();
    clock.moveOn(3 * minute);
    await somebodyElse(fixture).changesTheAccount({ Remark: "cache" });
    expectUnchanged(await refresh());
    expectUnchanged(await up(first, "--refresh"));
    expect(await recorded()).toEqual(before);
    expect(fixture.resets).toBe(1);
  });

  it("where nobody may look, which is said in one line each; once one may, it is found", async () => {
    await somebodyElse(fixture).resets(foreign);
    const before = await recorded();
    fixture.cloud.addFault("DescribeInstanceAccount=error:UnauthorizedOperation");
    fixture.cloud.addFault("DescribeTaskList=error:UnauthorizedOperation");
    const refreshed = await refresh();
    expectDocumented(refreshed, "Some of it cannot be looked at");
    expectUnchanged(refreshed, [
      refusal("when the password was last set", "DescribeInstanceAccount"),
      refusal("which tasks have set the password", "DescribeTaskList"),
    ]);
    expect(await recorded()).toEqual(before);

    fixture.cloud.clearFaults();
    expect(linesOf(await refresh())).toEqual([expect.stringMatching(somebodyElseSetIt)]);
    await up(first);
  });

  it("where not even the instance may be looked at: the refresh fails, and the state stays", async () => {
    const before = await recorded();
    fixture.cloud.addFault("DescribeInstances=error:UnauthorizedOperation");
    const refused = await refresh();
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain("grant the CAM action redis:DescribeInstances on this instance");
    expect(await recorded()).toEqual(before);
  });

  it("where the state does not tell when our reset was, but for password-free mode", async () => {
    await editOutputs((outputs) => {
      delete outputs.passwordTime;
      delete outputs.taskStartTime;
    });
    const before = await recorded();
    expect(before).not.toHaveProperty("passwordTime");
    await somebodyElse(fixture).resets(foreign);
    expectUnchanged(await refresh());
    expect(await recorded()).toEqual(before);

    await somebodyElse(fixture).switchesPasswordFree();
    const { resets } = fixture;
    expect(linesOf(await refresh())).toEqual(["password-free mode is on; the next pulumi up resets the password"]);
    expect(await up(first)).toMatchObject({ code: 0 });
    expect(fixture.resets).toBe(resets + 1);
    expect(await fixture.auth(first)).toBe(true);
    expect(await recorded()).toMatchObject({ status: "done", passwordTime: expect.any(String) as string });
    expectUnchanged(await up(first, "--refresh"));
  });
});

describe("a reset that has not ended well stays so, whatever somebody else does meanwhile:", () => {
  const expectKept = (result: CommandResult, line: string): void => {
    expect(result).toMatchObject({ code: 0 });
    expect(linesOf(result)).toEqual([line]);
  };

  afterEach(() => fixture.dispose());

  it("one that is pending is completed by the next up, and not sent again", async () => {
    await begin(program({ timeoutSeconds: 1 }), { faults: ["ResetPassword=task-stuck*1"] });
    expect((await up(first)).code).not.toBe(0);
    const pending = await recorded();
    expect(pending).toMatchObject({ status: "pending" });
    expectKept(await refresh(), "the next pulumi up waits for the last reset (task 16657 had not ended)");
    await somebodyElse(fixture).resets(foreign);
    const { resets } = fixture;
    expectKept(await refresh(), "the next pulumi up waits for the last reset (task 16657 had not ended)");
    expect(await recorded()).toEqual(pending);

    fixture.cloud.clearFaults();
    expect(await up(first)).toMatchObject({ code: 0 });
    expect(await recorded()).toMatchObject({ taskId: pending.taskId, status: "done" });
    expect(fixture.resets).toBe(resets);
    expect(await fixture.auth(first)).toBe(true);
  });

  it("one that may have failed is sent again by the next up", async () => {
    await begin(program());
    await up(first);
    fixture.cloud.addFault("ResetPassword=drop-response*2");
    expect((await up(second)).code).not.toBe(0);
    const failed = await recorded();
    expect(failed).toMatchObject({ status: "failed" });
    expectKept(await refresh(), "the last reset may not have been carried out; the next pulumi up resets the password");
    await somebodyElse(fixture).switchesPasswordFree();
    await somebodyElse(fixture).resets(foreign);
    expectKept(await refresh(), "the last reset may not have been carried out; the next pulumi up resets the password");
    expect(await recorded()).toEqual(failed);

    const { resets } = fixture;
    const sentAgain = await up(second);
    expect(sentAgain).toMatchObject({ code: 0 });
    expect(linesOf(sentAgain)).toEqual([
      "the password will be reset (password changed, the last reset may not have been carried out)",
    ]);
    expect(fixture.resets).toBe(resets + 1);
    expect(await fixture.auth(second)).toBe(true);
    expectUnchanged(await up(second, "--refresh"));
  });
});
