import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { expectDocumented } from "./support/documented";
import { Fixture, program, shown } from "./support/fixture";
import { linesOf } from "./support/lines";
import { MovedClock, hour } from "./support/movedClock";
import { type SomebodyElse, somebodyElse } from "./support/somebodyElse";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const foreign = "foreign-Passw0rd";

const clock = new MovedClock();
let fixture: Fixture;

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
  expect(linesOf(reset)).toEqual([willBeReset]);
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
type Found = "free" | "set";
type Row = readonly [what: string, change: Change, found: Found];

const anotherReset: Row = ["a reset by somebody else", (somebody) => somebody.resets(foreign), "set"];
const changedAccount: Change = (somebody) => somebody.changesTheAccount({ AccountPassword: foreign });
const changedAccountLater: Row = [
  "a change of the account's password hours later",
  (somebody) => {
    clock.moveOn(5 * hour);
    return changedAccount(somebody);
  },
  "set",
];

describe.each<[string, LocalCloudOptions["passwordTime"], Row[]]>([
  [
    "moves with each change",
    "kept",
    [
      anotherReset,
      ["a reset by somebody else to the very same password", (somebody) => somebody.resets(first), "set"],
      ["password-free mode, switched on by a reset", (somebody) => somebody.switchesPasswordFree(), "free"],
      ["password-free mode of the account", (somebody) => somebody.changesTheAccount({ NoAuth: true }), "free"],
      [
        "a change of the account's password in the first minute",
        (somebody) => {
          clock.moveOn(20_000);
          return changedAccount(somebody);
        },
        "set",
      ],
      changedAccountLater,
    ],
  ],
  ["does not move with resets", "stays", [anotherReset, changedAccountLater]],
  ["is not known", "empty", [anotherReset]],
])("where the time of the password %s", (_, passwordTime, rows) => {
  beforeAll(() => begin(program(), { passwordTime }));
  afterAll(() => fixture.dispose());

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
  beforeAll(() => begin(program()));
  afterAll(() => fixture.dispose());

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
    expect(again).toEqual([found, willBeReset]);
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

  it("stays recorded when a refresh looks again", async () => {
    await refresh();
    const found = await recorded();
    expect(found).toMatchObject({ status: "drifted" });
    await somebodyElse(fixture).resets(second);
    expect(linesOf(await refresh())).toEqual([`${String(found?.reason)}; the next pulumi up resets the password`]);
    expect(await recorded()).toEqual(found);
    await expectSetRight(String(found?.reason));
  });

  it.each([
    ["changed back", first, ""],
    ["as it was", second, "password changed, "],
  ])("may be a reset of ours that was never recorded: with the code %s, one reset", async (_, password, reasons) => {
    await somebodyElse(fixture).resets(second);
    await refresh();
    const found = await recorded();
    expect(found).toMatchObject({ status: "drifted" });
    await expectSetRight(`${reasons}${String(found?.reason)}`, password);
  });

  it("cannot be set right without a password, which the preview says", async () => {
    await somebodyElse(fixture).switchesPasswordFree();
    await refresh();
    fixture.write("index.js", program({}, '{ ignoreChanges: ["password"] }'));
    const resets = fixture.resets;
    const refused = await preview(second);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain(
      "The password would have to be reset (password-free mode is on), but this run has none: " +
        "take password out of ignoreChanges for this run",
    );
    fixture.write("index.js", program());
    expect(fixture.resets).toBe(resets);
    await expectSetRight("password-free mode is on", second);
  });
});

describe.each<LocalCloudOptions["passwordTime"]>(["kept", "stays", "empty"])(
  "after an adoption, where the time of the password is %s",
  (passwordTime) => {
    beforeAll(() => begin(program({ onCreate: "adopt" }), { instances: { "crs-5a4py64p": first }, passwordTime }));
    afterAll(() => fixture.dispose());

    it("a reset by somebody else is found by a refresh, and set right by one reset", async () => {
      expect(shown(await refresh())).toMatch(/2 unchanged/);
      const sinceThen = clock.now();
      await somebodyElse(fixture).resets(foreign);
      await refresh();
      const { status, reason } = (await recorded()) ?? {};
      expect(status).toBe("drifted");
      expectSetBySomebodyElse(reason, sinceThen);
      await expectSetRight(String(reason));
    });
  },
);

describe("a reset that a later run has completed", () => {
  afterEach(() => fixture.dispose());

  const pending = async (options: LocalCloudOptions = {}): Promise<void> => {
    const source = program({ timeoutSeconds: 0.5 });
    fixture = await Fixture.create(source, { now: clock.now, taskSeconds: 2, ...options });
    expect((await up(first)).code).not.toBe(0);
    await somebodyElse(fixture).waitsForTheReset();
    fixture.write("index.js", program());
  };

  it.each<[string, Change]>([
    ["the account's password was changed", changedAccount],
    ["somebody else has reset it", (somebody) => somebody.resets(foreign)],
    ["password-free mode was switched on", (somebody) => somebody.switchesPasswordFree()],
  ])("is sent again where %s in between, also in an up that refreshes", async (_, change) => {
    await pending();
    clock.moveOn(hour / 2);
    await change(somebodyElse(fixture));
    clock.moveOn(hour);
    const { resets } = fixture;
    const completed = await up(first, "--refresh");
    expect(completed).toMatchObject({ code: 0 });
    expectDocumented(completed, "The password is sent again");
    await expectRight(resets + 1);
    expect(shown(await refresh())).toMatch(/2 unchanged/);
  });

  it("is no drift where somebody else's reset came in between and ended before it", async () => {
    const source = program({ timeoutSeconds: 0.5 });
    fixture = await Fixture.create(source, { now: clock.now, faults: ["ResetPassword=task-stuck*1"] });
    expect((await up(first)).code).not.toBe(0);
    clock.moveOn(hour);
    await somebodyElse(fixture).resets(foreign);
    clock.moveOn(hour);
    fixture.cloud.clearFaults();
    expect(await up(first)).toMatchObject({ code: 0 });
    expect(await fixture.auth(first)).toBe(true);
    expect(linesOf(await refresh())).toEqual([]);
  });
});

describe("an instance", () => {
  beforeAll(() => begin(program()));
  afterAll(() => fixture.dispose());
  afterEach(() => fixture.cloud.clearFaults());

  it("that is isolated is not gone, and is not changed", async () => {
    const before = await recorded();
    fixture.cloud.addFault("DescribeInstances=isolated");
    const refreshed = await refresh();
    expect(shown(refreshed)).toMatch(/2 unchanged/);
    expect(linesOf(refreshed)).toEqual([]);
    expect(await recorded()).toEqual(before);
    expect(shown(await up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(1);
  });

  it("that is gone leaves the state, and the next up says what to do", async () => {
    fixture.cloud.addFault("DescribeInstances=deleted");
    const refreshed = await refresh();
    expect(refreshed).toMatchObject({ code: 0 });
    expect(linesOf(refreshed)).toEqual(["is gone"]);
    expectDocumented(refreshed, "The instance is gone");
    expect(shown(refreshed)).toMatch(/1 deleted/);
    expect(await recorded()).toBeUndefined();
    expect(shown(await preview(first))).toMatch(/1 to create/);
    const refused = await up(first);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toMatch(/the instance is deleted: take the resource out of the program/);
    expect(await recorded()).toBeUndefined();
  });

  it("that is there again gets the password by one reset", async () => {
    const resets = fixture.resets;
    expect(await up(second)).toMatchObject({ code: 0 });
    await expectRight(resets + 1, second);
  });

  it("that is gone is a reset that is refused, where one up refreshes", async () => {
    fixture.cloud.addFault("DescribeInstances=deleted");
    const refused = await up(second, "--refresh");
    expect(refused.code).not.toBe(0);
    expect(linesOf(refused)).toEqual(["is gone"]);
  });
});
