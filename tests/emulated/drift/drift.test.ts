import { expectDocumentedLines } from "../../support/documentedLines";
import { expectSetBySomebodyElse, isFoundChanged, wasReset, willBeSetRight } from "../../support/driftLines";
import { type OneResource, first, foreign, instanceId, splitLines, oneResource, second } from "../support/oneResource";
import type { EmulatedCloudOptions } from "../support/renewCloud";

const begin = oneResource();
const hourMs = 3_600_000;

let one: OneResource;

async function afterFirstUp(options: Partial<EmulatedCloudOptions> = {}): Promise<void> {
  one = await begin(options);
  expect(await one.up(first)).toMatchObject({ code: 0 });
}

/** After a refresh that has found something: a preview says why, the next up resets once, and the one after it nothing. */
async function expectSetRight(reasons: string, password = first): Promise<void> {
  const { resets } = one;
  const willBeReset = `the password will be reset (${reasons})`;
  expect(splitLines(await one.preview(password))).toEqual([willBeReset]);
  expect(one.resets).toBe(resets);
  const reset = await one.up(password);
  expect(reset).toMatchObject({ code: 0 });
  expect(splitLines(reset)).toEqual([willBeReset, expect.stringMatching(wasReset)]);
  await one.expectRight(password, resets + 1);
}

type Row = readonly [what: string, change: () => Promise<void>, found: "free" | "set"];

const changeAccount = (changes: object) => one.somebodyElse("ModifyInstanceAccount", changes);
const resetTo = (password: string) => one.somebodyElse("ResetPassword", { Password: password });
const switchPasswordFree = () => one.somebodyElse("ResetPassword", { NoAuth: true });

const anotherReset: Row = ["a reset by somebody else", () => resetTo(foreign), "set"];
const changedAccountLater: Row = [
  "a change of the account's password hours later",
  async () => {
    await one.cloud.time.pass(5 * hourMs);
    await changeAccount({ AccountPassword: foreign });
  },
  "set",
];

describe.each<[string, EmulatedCloudOptions["passwordTime"] & string, readonly Row[]]>([
  [
    "is updated by each change",
    "kept",
    [
      anotherReset,
      ["a reset by somebody else to the same password", () => resetTo(first), "set"],
      ["password-free mode, switched on by a reset", switchPasswordFree, "free"],
      ["password-free mode, switched on by a change of the account", () => changeAccount({ NoAuth: true }), "free"],
      [
        "a change of the account's password in the first minute",
        async () => {
          await one.cloud.time.pass(20_000);
          await changeAccount({ AccountPassword: foreign });
        },
        "set",
      ],
      changedAccountLater,
    ],
  ],
  ["is not updated by resets", "stays", [anotherReset, changedAccountLater]],
  ["is unknown", "empty", [anotherReset]],
])("if the time of the password %s", (_, passwordTime, rows) => {
  it.each(rows)("%s is detected by a refresh, and corrected by one reset", async (_, change, found) => {
    await afterFirstUp({ passwordTime });
    const sinceOurReset = one.cloud.time.epochMs;
    await change();
    const refreshed = await one.refresh();
    expect(refreshed).toMatchObject({ code: 0 });
    const { status, reason } = one.recorded;
    expect(status).toBe("drifted");
    if (found === "free") expect(reason).toBe("password-free mode is on");
    else expectSetBySomebodyElse(reason, sinceOurReset, one.cloud.time.epochMs);
    expectDocumentedLines(
      refreshed.lines.join("\n"),
      found === "free" ? "Password-free mode is on" : "Somebody else set the password",
    );
    expect(splitLines(refreshed)).toEqual([
      `${String(reason)}; the next pulumi up resets the password to the program's`,
    ]);
    await expectSetRight(String(reason));
  });
});

describe("a change by somebody else", () => {
  it("is detected and corrected by one up that refreshes", async () => {
    await afterFirstUp();
    await resetTo(foreign);
    const both = await one.up(first, { refresh: true });
    expect(both).toMatchObject({ code: 0 });
    expect(splitLines(both)).toEqual(
      [isFoundChanged, willBeSetRight, wasReset].map((line) => expect.stringMatching(line) as string),
    );
    expectDocumentedLines(both.lines.join("\n"), "The password will be reset after drift");
    await one.expectRight(first, 2);
  });

  it("is shown by a preview that refreshes, which records nothing", async () => {
    await afterFirstUp();
    await resetTo(foreign);
    const before = one.stack.checkpoint;
    const looked = await one.preview(first, { refresh: true });
    expect(splitLines(looked)).toEqual([expect.stringMatching(isFoundChanged), expect.stringMatching(willBeSetRight)]);
    expect(one.stack.checkpoint).toEqual(before);
    expect(splitLines(await one.preview(first))).toEqual([]);
    expect(await one.up(first)).toMatchObject({ steps: ["same cache"] });
    expect(one.resets).toBe(1);
  });

  it("stays recorded when a refresh looks again", async () => {
    await afterFirstUp();
    await resetTo(foreign);
    await one.refresh();
    const before = one.recorded;
    expect(before).toMatchObject({ status: "drifted" });
    await resetTo(second);
    expect(splitLines(await one.refresh())).toEqual([
      `${String(before.reason)}; the next pulumi up resets the password to the program's`,
    ]);
    expect(one.recorded).toEqual(before);
    await expectSetRight(String(before.reason));
  });

  it.each([
    ["the recorded password", first, ""],
    ["the password of that reset", second, "password changed, "],
  ])("may be an unrecorded reset by this program: an up with %s resets once", async (_, password, reasons) => {
    await afterFirstUp();
    await resetTo(second);
    await one.refresh();
    expect(one.recorded).toMatchObject({ status: "drifted" });
    await expectSetRight(`${reasons}${String(one.recorded.reason)}`, password);
  });

  it("cannot be corrected without a password, as the preview says", async () => {
    await afterFirstUp();
    await switchPasswordFree();
    await one.refresh();
    one.options = { ignoreChanges: ["password"] };
    const refused = await one.preview(second);
    expect(refused.code).toBe(1);
    expect(refused.lines.join("\n")).toContain(
      "The password of crs-5a4py64p must be reset (password-free mode is on), but ignoreChanges hides it: " +
        "remove password from ignoreChanges for this run",
    );
    one.options = {};
    expect(one.resets).toBe(1);
    await expectSetRight("password changed, password-free mode is on", second);
  });
});

it.each(["kept", "stays", "empty"] as const)(
  "with passwordTime %s, a reset by somebody else after an adoption is detected and corrected",
  async (passwordTime) => {
    one = await begin({ passwordTime, instances: { [instanceId]: first } });
    one.inputs = { onCreate: "adopt", verify: one.cloud.addressOf(instanceId) };
    expect(await one.up(first)).toMatchObject({ code: 0 });
    expect(await one.refresh()).toMatchObject({ code: 0, lines: [] });
    const since = one.cloud.time.epochMs;
    await resetTo(foreign);
    await one.refresh();
    expect(one.recorded.status).toBe("drifted");
    expectSetBySomebodyElse(one.recorded.reason, since, one.cloud.time.epochMs);
    await expectSetRight(String(one.recorded.reason));
  },
);
