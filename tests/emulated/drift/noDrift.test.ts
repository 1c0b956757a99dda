import type { Properties } from "../../protocol/support/struct";
import { expectDocumentedLines } from "../../support/documentedLines";
import { isFoundChanged, wasReset } from "../../support/driftLines";
import type { EmulatedCloudOptions } from "../support/renewCloud";
import type { CommandResult } from "../support/engine";
import { type OneResource, first, foreign, instanceId, splitLines, oneResource, second } from "../support/oneResource";

const begin = oneResource();
const minuteMs = 60_000;
const dayMs = 86_400_000;

let one: OneResource;

const resetTo = (password: string) => one.somebodyElse("ResetPassword", { Password: password });
const switchPasswordFree = () => one.somebodyElse("ResetPassword", { NoAuth: true });

/** @param lines what is said all the same */
function expectUnchanged(result: CommandResult, lines: unknown[] = []): void {
  expect(result).toMatchObject({ code: 0 });
  expect(result.steps.filter((step) => !step.startsWith("same"))).toEqual([]);
  expect(splitLines(result)).toEqual(lines);
}

const refusal = (what: string, action: string): unknown =>
  expect.stringMatching(
    new RegExp(`^warning: could not read ${what}: ${action} failed: .* \\(UnauthorizedOperation, request \\S+\\)`),
  );

/** As an older version of this package has written them. */
function editOutputs(edit: (outputs: Properties) => Properties): void {
  one.stack.edit((checkpoint) => ({
    ...checkpoint,
    resources: checkpoint.resources.map((state) => ({ ...state, outputs: edit(state.outputs) })),
  }));
}

describe("an untouched instance", () => {
  it.each<[string, Partial<EmulatedCloudOptions>, number]>([
    ["with a time of the password that each change updates", { passwordTime: "kept" }, 0],
    ["with a time of the password that resets do not update", { passwordTime: "stays" }, 0],
    ["with an unknown time of the password", { passwordTime: "empty" }, 0],
    ["with service times behind UTC, on a clock 4 minutes behind", { timeZoneHours: -5 }, -4 * minuteMs],
    ["with service times in UTC, on a clock 4 minutes ahead", { timeZoneHours: 0 }, 4 * minuteMs],
    ["with service times far ahead of UTC", { timeZoneHours: 14 }, 0],
  ])(
    "%s, drifts neither immediately nor a year later, but once somebody else resets it",
    async (_, options, clockOffMs) => {
      one = await begin(options);
      one.clockOffMs = clockOffMs;
      expect(await one.up(first)).toMatchObject({ code: 0 });
      const before = one.recorded;
      expect(before).toMatchObject({ status: "done", passwordTime: expect.any(String) as string });
      expectUnchanged(await one.refresh());
      await one.cloud.time.pass(365 * dayMs);
      expectUnchanged(await one.up(first, { refresh: true }));
      expect(one.recorded).toEqual(before);
      expect(one.resets).toBe(1);

      await resetTo(foreign);
      expect(splitLines(await one.refresh())).toEqual([expect.stringMatching(isFoundChanged)]);
    },
  );

  it("does not drift after twenty refreshes", async () => {
    one = await begin();
    await one.up(first);
    const before = one.recorded;
    for (let turn = 0; turn < 20; turn++) {
      expectUnchanged(await one.refresh());
      await one.cloud.time.pass(5000);
    }
    expectUnchanged(await one.up(first, { refresh: true }));
    expect(one.recorded).toEqual(before);
    expect(one.resets).toBe(1);
    expect(await one.cloud.accepts(first, instanceId)).toBe(true);
  });
});

describe("no drift is found", () => {
  beforeEach(async () => {
    one = await begin();
    await one.up(first);
  });

  it("in a change of the account's remark minutes later", async () => {
    const before = one.recorded;
    await one.cloud.time.pass(3 * minuteMs);
    await one.somebodyElse("ModifyInstanceAccount", { Remark: "cache" });
    expectUnchanged(await one.refresh());
    expectUnchanged(await one.up(first, { refresh: true }));
    expect(one.recorded).toEqual(before);
    expect(one.resets).toBe(1);
  });

  it("without permission to look, which is logged in one line each; with it, drift is detected", async () => {
    await resetTo(foreign);
    const before = one.recorded;
    one.cloud.addFault("DescribeInstanceAccount=error:UnauthorizedOperation");
    one.cloud.addFault("DescribeTaskList=error:UnauthorizedOperation");
    const refreshed = await one.refresh();
    expectDocumentedLines(refreshed.lines.join("\n"), "A read fails");
    expectUnchanged(refreshed, [
      refusal("when the password was last set", "DescribeInstanceAccount"),
      refusal("which tasks have set the password", "DescribeTaskList"),
    ]);
    expect(one.recorded).toEqual(before);

    one.cloud.clearFaults();
    expect(splitLines(await one.refresh())).toEqual([expect.stringMatching(isFoundChanged)]);
  });

  it("without permission to read the instance: the refresh fails, and the state stays", async () => {
    const before = one.recorded;
    one.cloud.addFault("DescribeInstances=error:UnauthorizedOperation");
    const refused = await one.refresh();
    expect(refused.code).toBe(1);
    expect(refused.lines.join("\n")).toContain("Grant the CAM action redis:DescribeInstances");
    expect(one.recorded).toEqual(before);
  });

  it("if the state has no time of our reset, except for password-free mode", async () => {
    const times = ["passwordTime", "taskStartTime", "newestTaskId", "taskId"];
    editOutputs((outputs) => Object.fromEntries(Object.entries(outputs).filter(([name]) => !times.includes(name))));
    expect(one.recorded).not.toHaveProperty("passwordTime");
    await resetTo(foreign);
    expect(splitLines(await one.refresh())).toEqual([]);

    await switchPasswordFree();
    expect(splitLines(await one.refresh())).toEqual([
      "password-free mode is on; the next pulumi up resets the password to the program's",
    ]);
    expect(await one.up(first)).toMatchObject({ code: 0 });
    await one.expectRight(first, 2);
    expect(one.recorded).toMatchObject({ status: "done", passwordTime: expect.any(String) as string });
    expectUnchanged(await one.up(first, { refresh: true }));
  });
});

describe("a reset that has not succeeded keeps its status, regardless of changes by somebody else:", () => {
  const expectKept = (result: CommandResult, line: string): void => {
    expect(result).toMatchObject({ code: 0 });
    expect(splitLines(result)).toEqual([line]);
  };

  it("one that is pending is completed by the next up, and not sent again", async () => {
    one = await begin();
    one.inputs = { timeoutSeconds: 1 };
    one.cloud.addFault("ResetPassword=task-stuck*1");
    expect(await one.up(first)).toMatchObject({ code: 1 });
    const pending = one.recorded;
    expect(pending).toMatchObject({ status: "pending" });
    const line = "the next pulumi up completes the last reset (task 16657)";
    expectKept(await one.refresh(), line);
    await resetTo(foreign);
    expectKept(await one.refresh(), line);
    expect(one.recorded).toEqual(pending);

    one.inputs = {};
    await one.cloud.time.pass(5000);
    one.cloud.clearFaults();
    expect(await one.up(first)).toMatchObject({ code: 0 });
    expect(one.recorded).toMatchObject({ taskId: pending.taskId, status: "done" });
    await one.expectRight(first, 1);
  });

  it("one that may have failed is sent again by the next up", async () => {
    one = await begin();
    await one.up(first);
    one.cloud.addFault("ResetPassword=drop-response*2");
    expect(await one.up(second)).toMatchObject({ code: 1 });
    const failed = one.recorded;
    expect(failed).toMatchObject({ status: "failed" });
    const line =
      "the last reset may not have been carried out; the next pulumi up resets the password to the program's";
    expectKept(await one.refresh(), line);
    await switchPasswordFree();
    await resetTo(foreign);
    expectKept(await one.refresh(), line);
    expect(one.recorded).toEqual(failed);

    const { resets } = one;
    const sentAgain = await one.up(second);
    expect(sentAgain).toMatchObject({ code: 0 });
    expect(splitLines(sentAgain)).toEqual([
      "the password will be reset (password changed, the last reset may not have been carried out)",
      expect.stringMatching(wasReset),
    ]);
    await one.expectRight(second, resets + 1);
    expectUnchanged(await one.up(second, { refresh: true }));
  });
});
