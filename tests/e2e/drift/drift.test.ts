import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { linesOf } from "../support/lines";
import { MovedClock, hour } from "../support/movedClock";
import { type SomebodyElse, somebodyElse } from "../support/somebodyElse";
import { step } from "../../support/step";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const foreign = "foreign-Passw0rd";

const clock = new MovedClock();
let fixture: Fixture;
afterEach(() => fixture.dispose());

const up = (password: string, ...args: string[]) => fixture.up(password, clock.environment(fixture), args);
const preview = (password: string, ...args: string[]) => fixture.preview(password, clock.environment(fixture), args);
const refresh = () => fixture.pulumi(["refresh", "--yes", "--skip-preview"], clock.environment(fixture));

/** A stack of a program, after its first up, and a cloud that has the clock's time. */
async function begin(source: string, options: LocalCloudOptions = {}): Promise<void> {
  fixture = await Fixture.create(source, { now: clock.now, ...options });
  expect(await up(first)).toMatchObject({ code: 0 });
}

/** The resource in the state, or undefined. No password may be there, nor in what was printed. */
async function recorded(): Promise<Record<string, unknown> | undefined> {
  const { deployment } = await fixture.state();
  expect(fixture.output + JSON.stringify(deployment)).not.toContain("-Passw0rd");
  return deployment.resources?.find(({ type }) => type.endsWith(":RedisInstancePassword"))?.outputs;
}

const wasReset = /^the password was reset \(task \d+\)$/;

/** @param since the earliest time that it can tell */
function expectSetBySomebodyElse(reason: unknown, since: Date): void {
  expect(reason).toMatch(
    /^somebody else, or a run that was killed, set the password at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, the service's time$/,
  );
  const [, date, time] = / at (\S+) ([^\s,]+),/.exec(String(reason)) ?? [];
  const toldMs = Date.parse(`${date}T${time}+08:00`);
  expect(toldMs).toBeGreaterThanOrEqual(Math.floor(since.getTime() / 1000) * 1000);
  expect(toldMs).toBeLessThanOrEqual(clock.now().getTime());
}

/** After a refresh that has found something: a preview says why, the next up resets once, and the one after it nothing. */
async function expectSetRight(reasons: string, password = first): Promise<void> {
  const resets = fixture.resets;
  const willBeReset = `the password will be reset (${reasons})`;
  expect(linesOf(await preview(password))).toEqual([willBeReset]);
  expect(fixture.resets).toBe(resets);
  const reset = await up(password);
  expect(reset).toMatchObject({ code: 0 });
  expect(linesOf(reset)).toEqual([willBeReset, expect.stringMatching(wasReset)]);
  await expectRight(resets + 1, password);
}

async function expectRight(resets: number, password = first): Promise<void> {
  expect(await fixture.auth(password)).toBe(true);
  const outputs = await recorded();
  expect(outputs).toMatchObject({ status: "done" });
  expect(outputs).not.toHaveProperty("reason");
  const again = await up(password);
  expect(shown(again)).toMatch(/2 unchanged/);
  expect(linesOf(again)).toEqual([]);
  expect(fixture.resets).toBe(resets);
}

type Change = (somebody: SomebodyElse) => Promise<void>;

/** One row of each kind. The others, and other ways to keep the time of the password: tests/emulated/drift/drift.test.ts. */
const rows: readonly (readonly [what: string, change: Change, found: "free" | "set"])[] = [
  ["a reset by somebody else", (somebody) => somebody.resets(foreign), "set"],
  ["password-free mode, switched on by a reset", (somebody) => somebody.switchesPasswordFree(), "free"],
  [
    "a change of the account's password hours later",
    (somebody) => {
      clock.moveOn(5 * hour);
      return somebody.changesTheAccount({ AccountPassword: foreign });
    },
    "set",
  ],
];

describe("where the time of the password moves with each change", () => {
  beforeEach(() => begin(program()));

  it.each(rows)("%s is found by a refresh, and set right by one reset", async (_, change, found) => {
    const sinceOurReset = clock.now();
    await change(somebodyElse(fixture));
    const refreshed = await refresh();
    expect(refreshed).toMatchObject({ code: 0 });
    expect(shown(refreshed)).toMatch(/1 updated/);
    const { status, reason } = (await recorded()) ?? {};
    expect(status).toBe("drifted");
    if (found === "free") expect(reason).toBe("password-free mode is on");
    else expectSetBySomebodyElse(reason, sinceOurReset);
    expectDocumented(refreshed, found === "free" ? "Password-free mode is on" : "Somebody else set the password");
    expect(linesOf(refreshed)).toEqual([`${String(reason)}; the next pulumi up resets the password`]);
    await expectSetRight(String(reason));
  });
});

describe("what somebody else did", () => {
  beforeEach(() => begin(program()));

  it("is found and set right by one up that refreshes", async () => {
    await somebodyElse(fixture).resets(foreign);
    const resets = fixture.resets;
    const both = await fixture.pulumi(["up", "--yes", "--refresh"], {
      REDIS_PASSWORD: first,
      ...clock.environment(fixture),
    });
    expect(both).toMatchObject({ code: 0 });
    const [found, willBeReset, ...again] = linesOf(both);
    expect(found).toMatch(
      /^somebody else, or a run that was killed, set the password at .*; the next pulumi up resets the password$/,
    );
    expect(willBeReset).toMatch(
      /^the password will be reset \(somebody else, or a run that was killed, set the password at .*\)$/,
    );
    expectDocumented(both, "The password will be set right");
    // The preview of this run, and the run itself.
    expect(again).toEqual([found, willBeReset, expect.stringMatching(wasReset)]);
    await expectRight(resets + 1);
  });

  it("is told by a preview that refreshes, which records nothing", async () => {
    await somebodyElse(fixture).resets(foreign);
    const resets = fixture.resets;
    const before = await fixture.state();
    const looked = await preview(first, "--refresh");
    expect(linesOf(looked)).toEqual([
      expect.stringMatching(
        /^somebody else, or a run that was killed, set the password at .*; the next pulumi up resets the password$/,
      ),
      expect.stringMatching(
        /^the password will be reset \(somebody else, or a run that was killed, set the password at .*\)$/,
      ),
    ]);
    expect(await fixture.state()).toEqual(before);
    expect(linesOf(await preview(first))).toEqual([]);
    expect(shown(await up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(resets);
  });

  it("cannot be set right without a password, which the preview says", async () => {
    await somebodyElse(fixture).switchesPasswordFree();
    await refresh();
    fixture.write("index.js", program({}, '{ ignoreChanges: ["password"] }'));
    const resets = fixture.resets;
    const refused = await preview(first);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain(
      "The password would have to be reset (password-free mode is on), but this run has none: " +
        "take password out of ignoreChanges for this run",
    );
    fixture.write("index.js", program());
    expect(fixture.resets).toBe(resets);
    await expectSetRight("password-free mode is on");
  });
});

describe("a reset that a later run has completed", () => {
  it("is sent again where somebody else has reset it in between, also in an up that refreshes", async () => {
    fixture = await Fixture.create(program({ timeoutSeconds: 3 }), { now: clock.now });
    fixture.cloud.addFault("ResetPassword=task-stuck*1");
    expect((await up(first)).code).not.toBe(0);
    fixture.cloud.clearFaults();
    await somebodyElse(fixture).waitsForTheReset();
    fixture.write("index.js", program());
    clock.moveOn(hour / 2);
    await somebodyElse(fixture).resets(foreign);
    clock.moveOn(hour);
    const { resets } = fixture;
    const completed = await up(first, "--refresh");
    expect(completed).toMatchObject({ code: 0 });
    expectDocumented(completed, "The password is sent again");
    await expectRight(resets + 1);
    expect(shown(await refresh())).toMatch(/2 unchanged/);
  });
});

describe("an instance", () => {
  /** The account that the instance belongs to can be asked for. */
  const environment = () => ({ ...clock.environment(fixture), TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint });
  const upAsOwner = (password: string, ...args: string[]) => fixture.up(password, environment(), args);
  const refreshAsOwner = () => fixture.pulumi(["refresh", "--yes", "--skip-preview"], environment());

  beforeEach(async () => {
    fixture = await Fixture.create(program(), { now: clock.now });
    expect(await upAsOwner(first)).toMatchObject({ code: 0 });
  });

  it.each([
    ["isolated", "the instance is isolated. Restore the instance in the console, then run `pulumi up`."],
    ["deleted", "the instance is to be deleted. Remove the resource from the program."],
  ])("that is %s is not gone, and is not changed", async (fault, line) => {
    const before = await recorded();
    fixture.cloud.addFault(`DescribeInstances=${fault}`);
    const refreshed = await refreshAsOwner();
    expect(shown(refreshed)).toMatch(/2 unchanged/);
    expect(linesOf(refreshed)).toEqual([line]);
    expect(await recorded()).toEqual(before);
    expect(shown(await upAsOwner(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  it("that is gone leaves the state, and gets the password by one reset when it is there again", async () => {
    await step("that is gone leaves the state, and the next up says what to do", async () => {
      fixture.cloud.addFault("DescribeInstances=gone");
      const refreshed = await refreshAsOwner();
      expect(refreshed).toMatchObject({ code: 0 });
      expect(linesOf(refreshed)).toEqual(["is gone"]);
      expectDocumented(refreshed, "The instance is gone");
      expect(shown(refreshed)).toMatch(/1 deleted/);
      expect(await recorded()).toBeUndefined();
      expect(shown(await preview(first))).toMatch(/1 to create/);
      const refused = await upAsOwner(first);
      expect(refused.code).not.toBe(0);
      expect(shown(refused)).toMatch(/ResourceNotFound.*Check instanceId and region/);
      expect(await recorded()).toBeUndefined();
    });

    await step("that is there again gets the password by one reset", async () => {
      const resets = fixture.resets;
      expect(await upAsOwner(second)).toMatchObject({ code: 0 });
      await expectRight(resets + 1, second);
    });

    await step("that is gone is a reset that is refused, where one up refreshes", async () => {
      fixture.cloud.addFault("DescribeInstances=gone");
      const refused = await upAsOwner(second, "--refresh");
      expect(refused.code).not.toBe(0);
      expect(linesOf(refused)).toEqual(["is gone", "the password will be set"]);
    });
  });
});
