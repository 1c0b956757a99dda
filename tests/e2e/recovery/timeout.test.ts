import type { CommandResult } from "../../../tools/command";
import { until } from "../../../tools/processes";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

describe("a reset that exceeds the program's timeout", () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await Fixture.create(program({ timeoutSeconds: 3 }));
  });
  afterEach(() => fixture.dispose());

  /** Makes the next reset's task run until the faults are cleared. */
  const holdTask = () => fixture.cloud.addFault("ResetPassword=task-stuck*1");

  /** Runs a command that waits for a held task, which ends once the command has polled it. */
  async function whileTaskEnds(run: () => Promise<CommandResult>): Promise<CommandResult> {
    const seen = fixture.requests.length;
    const running = run();
    const isAsked = () => fixture.requests.slice(seen).some(({ action }) => action === "DescribeTaskInfo");
    await Promise.race([running, until(isAsked)]);
    fixture.cloud.clearFaults();
    return running;
  }

  it.each([
    ["at once", []],
    ["after a refresh", ["refresh", "--yes"]],
  ])("is waited for by the next up, %s, and not sent again", async (_, between) => {
    holdTask();
    const up = await fixture.up(first);
    expect(up.code).not.toBe(0);
    expectDocumented(up, "The reset takes too long");
    expect((await fixture.cache()).outputs).toMatchObject({ taskId: 16657, status: "pending" });

    if (between.length > 0) expect(await fixture.pulumi(between)).toMatchObject({ code: 0 });
    fixture.write("index.js", program());
    expectDocumented(await fixture.preview(first), "A reset is completed");
    expect(await whileTaskEnds(() => fixture.up(first))).toMatchObject({ code: 0 });
    expect((await fixture.cache()).outputs).toMatchObject({ taskId: 16657, status: "done" });
    expect(await fixture.auth(first)).toBe(true);
    expect(fixture.resets).toBe(1);
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
  });

  it("is waited for before another password is sent", async () => {
    holdTask();
    await fixture.up(first);
    const before = fixture.requests.length;
    fixture.write("index.js", program());
    expect(await whileTaskEnds(() => fixture.up(second))).toMatchObject({ code: 0 });
    const actions = fixture.requests.slice(before).map(({ action }) => action);
    expect(actions.slice(0, actions.indexOf("ResetPassword"))).toContain("DescribeTaskInfo");
    expect(fixture.resets).toBe(2);
    expect(await fixture.auth(second)).toBe(true);
  });

  it.each([
    ["a refresh", ["refresh", "--yes"]],
    ["a refresh that runs the program", ["refresh", "--yes", "--run-program"]],
  ])("is completed, if it was an update, also after %s", async (_, refresh) => {
    fixture.write("index.js", program());
    await fixture.up(first);
    fixture.write("index.js", program({ timeoutSeconds: 3 }));
    holdTask();
    expect((await fixture.up(second)).code).not.toBe(0);
    const refreshed = await fixture.pulumi(refresh, { REDIS_PASSWORD: second });
    expect(refreshed).toMatchObject({ code: 0 });
    fixture.write("index.js", program());
    expect(await whileTaskEnds(() => fixture.up(second, {}, ["--refresh"]))).toMatchObject({ code: 0 });
    expect((await fixture.cache()).outputs).toMatchObject({ taskId: 16658, status: "done" });
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
  });
});
