import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import type { CommandResult } from "../../../tools/command";
import { isFoundChanged } from "../../support/driftLines";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { findLines } from "../support/lines";
import { recordedOutputs } from "../support/recorded";
import { MovedClock, day, minute } from "../support/movedClock";
import { somebodyElse } from "../support/somebodyElse";

const first = "first-Passw0rd";
const foreign = "foreign-Passw0rd";

/** The differences between a machine and the cloud's machine. */
interface Machine {
  readonly TZ?: string;
  readonly clockOffMs?: number;
}

const clock = new MovedClock();
let fixture: Fixture;
afterEach(() => fixture.dispose());
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

/** @param lines the only lines that are logged */
function expectUnchanged(result: CommandResult, lines: unknown[] = []): void {
  expect(result).toMatchObject({ code: 0 });
  expect(shown(result)).toMatch(/2 unchanged/);
  expect(findLines(result)).toEqual(lines);
}

const refusal = (what: string, action: string): unknown =>
  expect.stringMatching(
    new RegExp(
      `^warning: could not read ${what}: ${action} failed: .* \\(UnauthorizedOperation, request \\S+\\)\\. ` +
        `Grant the CAM action redis:${action}\\.$`,
    ),
  );

/** A machine's time zone needs a separate process. tests/emulated/drift/noDrift.test.ts has all other cases. */
describe("an untouched instance", () => {
  it.each<[string, LocalCloudOptions, Machine]>([
    [
      "where the service's times are behind UTC, on a machine in Tokyo whose clock is 4 minutes behind",
      { timeZoneHours: -5 },
      { TZ: "Asia/Tokyo", clockOffMs: -4 * minute },
    ],
    [
      "where the service's times are far ahead, on a machine in New York",
      { timeZoneHours: 14 },
      { TZ: "America/New_York" },
    ],
  ])("%s, does not drift immediately, nor a year later, until somebody else resets it", async (_, options, on) => {
    await begin(program(), options, on);
    expect(await up(first)).toMatchObject({ code: 0 });
    const before = await recordedOutputs(fixture);
    expect(before).toMatchObject({ status: "done", passwordTime: expect.any(String) as string });
    expectUnchanged(await refresh());
    clock.moveOn(365 * day);
    expectUnchanged(await up(first, "--refresh"));
    expect(await recordedOutputs(fixture)).toEqual(before);
    expect(fixture.resets).toBe(1);

    await somebodyElse(fixture).resets(foreign);
    expect(findLines(await refresh())).toEqual([expect.stringMatching(isFoundChanged)]);
  });
});

describe("no drift is found", () => {
  beforeEach(async () => {
    await begin(program());
    await up(first);
  });

  it("without permission to look, which is logged in one line each; with it, drift is detected", async () => {
    await somebodyElse(fixture).resets(foreign);
    const before = await recordedOutputs(fixture);
    fixture.cloud.addFault("DescribeInstanceAccount=error:UnauthorizedOperation");
    fixture.cloud.addFault("DescribeTaskList=error:UnauthorizedOperation");
    const refreshed = await refresh();
    expectDocumented(refreshed, "A read fails");
    expectUnchanged(refreshed, [
      refusal("when the password was last set", "DescribeInstanceAccount"),
      refusal("which tasks have set the password", "DescribeTaskList"),
    ]);
    expect(await recordedOutputs(fixture)).toEqual(before);

    fixture.cloud.clearFaults();
    expect(findLines(await refresh())).toEqual([expect.stringMatching(isFoundChanged)]);
  });

  it("without permission to read the instance: the refresh fails, and the state stays", async () => {
    const before = await recordedOutputs(fixture);
    fixture.cloud.addFault("DescribeInstances=error:UnauthorizedOperation");
    const refused = await refresh();
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain("Grant the CAM action redis:DescribeInstances");
    expect(await recordedOutputs(fixture)).toEqual(before);
  });
});
