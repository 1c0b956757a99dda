import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { expectSetBySomebodyElse, isFoundChanged, wasReset, willBeSetRight } from "../../support/driftLines";
import { expectDocumented } from "../support/documented";
import { Fixture, program, shown } from "../support/fixture";
import { findLines } from "../support/lines";
import { MovedClock, hour } from "../support/movedClock";
import { recordedOutputs } from "../support/recorded";
import { type SomebodyElse, somebodyElse } from "../support/somebodyElse";

const first = "first-Passw0rd";
const foreign = "foreign-Passw0rd";

const clock = new MovedClock();
let fixture: Fixture;
afterEach(() => fixture.dispose());

const up = (password: string, ...args: string[]) => fixture.up(password, clock.environment(fixture), args);
const preview = (password: string, ...args: string[]) => fixture.preview(password, clock.environment(fixture), args);
const refresh = () => fixture.pulumi(["refresh", "--yes", "--skip-preview"], clock.environment(fixture));

/** Creates a stack with a program, runs its first up, and starts a cloud with the test's clock. */
async function begin(source: string, options: LocalCloudOptions = {}): Promise<void> {
  fixture = await Fixture.create(source, { now: clock.now, ...options });
  expect(await up(first)).toMatchObject({ code: 0 });
}

/**
 * Call after a refresh that has detected drift: a preview gives the reasons, the next up resets once, and the one after
 * it does nothing.
 */
async function expectSetRight(reasons: string, password = first): Promise<void> {
  const resets = fixture.resets;
  const willBeReset = `the password will be reset (${reasons})`;
  expect(findLines(await preview(password))).toEqual([willBeReset]);
  expect(fixture.resets).toBe(resets);
  const reset = await up(password);
  expect(reset).toMatchObject({ code: 0 });
  expect(findLines(reset)).toEqual([willBeReset, expect.stringMatching(wasReset)]);
  await expectRight(resets + 1, password);
}

async function expectRight(resets: number, password = first): Promise<void> {
  expect(await fixture.auth(password)).toBe(true);
  const outputs = await recordedOutputs(fixture);
  expect(outputs).toMatchObject({ status: "done" });
  expect(outputs).not.toHaveProperty("reason");
  const again = await up(password);
  expect(shown(again)).toMatch(/2 unchanged/);
  expect(findLines(again)).toEqual([]);
  expect(fixture.resets).toBe(resets);
}

type Change = (somebody: SomebodyElse) => Promise<void>;

/**
 * One row of each kind. tests/emulated/drift/drift.test.ts has the others, and other ways to keep the time of the
 * password.
 */
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

describe("if each change updates the time of the password", () => {
  beforeEach(() => begin(program()));

  it.each(rows)("%s is detected by a refresh, and corrected by one reset", async (_, change, found) => {
    const sinceOurReset = clock.now();
    await change(somebodyElse(fixture));
    const refreshed = await refresh();
    expect(refreshed).toMatchObject({ code: 0 });
    expect(shown(refreshed)).toMatch(/1 updated/);
    const { status, reason } = (await recordedOutputs(fixture)) ?? {};
    expect(status).toBe("drifted");
    if (found === "free") expect(reason).toBe("password-free mode is on");
    else expectSetBySomebodyElse(reason, sinceOurReset.getTime(), clock.now().getTime());
    expectDocumented(refreshed, found === "free" ? "Password-free mode is on" : "Somebody else set the password");
    expect(findLines(refreshed)).toEqual([
      `${String(reason)}; the next pulumi up resets the password to the program's`,
    ]);
    await expectSetRight(String(reason));
  });
});

describe("a change by somebody else", () => {
  beforeEach(() => begin(program()));

  it("is detected and corrected by one up that refreshes", async () => {
    await somebodyElse(fixture).resets(foreign);
    const resets = fixture.resets;
    const both = await fixture.pulumi(["up", "--yes", "--refresh"], {
      REDIS_PASSWORD: first,
      ...clock.environment(fixture),
    });
    expect(both).toMatchObject({ code: 0 });
    const [found, willBeReset, ...again] = findLines(both);
    expect(found).toMatch(isFoundChanged);
    expect(willBeReset).toMatch(willBeSetRight);
    expectDocumented(both, "The password will be reset after drift");
    // The preview of this run, and the run itself.
    expect(again).toEqual([found, willBeReset, expect.stringMatching(wasReset)]);
    await expectRight(resets + 1);
  });

  it("is shown by a preview that refreshes, which records nothing", async () => {
    await somebodyElse(fixture).resets(foreign);
    const resets = fixture.resets;
    const before = await fixture.state();
    const looked = await preview(first, "--refresh");
    expect(findLines(looked)).toEqual([expect.stringMatching(isFoundChanged), expect.stringMatching(willBeSetRight)]);
    expect(await fixture.state()).toEqual(before);
    expect(findLines(await preview(first))).toEqual([]);
    expect(shown(await up(first))).toMatch(/2 unchanged/);
    expect(fixture.resets).toBe(resets);
  });

  it("cannot be corrected without a password, as the preview says", async () => {
    await somebodyElse(fixture).switchesPasswordFree();
    await refresh();
    fixture.write("index.js", program({}, '{ ignoreChanges: ["password"] }'));
    const resets = fixture.resets;
    const refused = await preview(first);
    expect(refused.code).not.toBe(0);
    expect(shown(refused)).toContain(
      "The password of crs-5a4py64p must be reset (password-free mode is on), but ignoreChanges hides it: " +
        "remove password from ignoreChanges for this run",
    );
    fixture.write("index.js", program());
    expect(fixture.resets).toBe(resets);
    await expectSetRight("password-free mode is on");
  });
});

describe("a reset that a later run has completed", () => {
  it("is sent again if somebody else has reset the password in between, also in an up that refreshes", async () => {
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
