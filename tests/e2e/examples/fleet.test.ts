import { batches } from "../../../examples/fleet/batches";
import { passwordOf } from "../../../examples/fleet/passwordOf";
import { commandsIn } from "../support/commandsIn";
import { copyExample, printedBy } from "../support/example";
import { type Fixture, shown } from "../support/fixture";
import { step } from "../../support/step";

const instanceIds = batches.flatMap((batch) => batch.instanceIds);
const key = { REDIS_PASSWORD_KEY: "a-long-random-text" };
const rotate = commandsIn("examples/fleet/README.md", "Rotate", key);

/** It is not defined which instance of a batch gets which task. */
const withoutIds = (line: string): string =>
  line.replace(/task \d+/, "task …").replace(/request [\da-f-]+/, "request …");

let fixture: Fixture;
afterEach(async () => {
  jest.restoreAllMocks();
  await fixture.dispose();
});

it("fleet rotates batch by batch, stops at a failed one, and then continues with the rest", async () => {
  // The environment of a client.
  jest.replaceProperty(process, "env", { ...process.env, ...key });
  const instances = Object.fromEntries(instanceIds.map((instanceId) => [instanceId, undefined]));
  fixture = await copyExample("fleet", { instances });

  /** Returns the instances that have their new passwords. */
  async function done(): Promise<string[]> {
    const accepted = instanceIds.map(async (instanceId) => fixture.auth(passwordOf(instanceId), instanceId));
    const results = await Promise.all(accepted);
    return instanceIds.filter((_, index) => results[index]);
  }

  await step(
    "stops at the first batch that fails, and says what is done, what has failed and what is left",
    async () => {
      // The canary's reset takes the first fault, which has no effect. The second one ends once both of its batch have
      // begun.
      fixture.cloud.addFault("ResetPassword=task-slow:0.2*1");
      fixture.cloud.addFault("ResetPassword=task-slow:3*1");
      fixture.cloud.addFault("ResetPassword=task-fail:the disk is full*1");
      const run = await fixture.shell(rotate);
      const lines = printedBy(run).map(withoutIds);
      const [canary = "", one = "", other = ""] = instanceIds;
      const failed = lines.includes(`  ${one} has failed`) ? one : other;
      const wellDone = failed === one ? other : one;
      expect(run.code).not.toBe(0);
      expect(lines.sort()).toEqual(
        [
          "canary: 1 of 5 instances",
          `  ${canary} is done`,
          "batch-1: 2 of 5 instances",
          `  ${wellDone} is done`,
          ...[canary, one, other].map((instanceId) => `  ${instanceId}: the password will be set`),
          ...[canary, wellDone].map((instanceId) => `  ${instanceId}: the password was reset (task …)`),
          `  ResetPassword failed: task … of ${failed} ended as failed: the disk is full (request …). This reset changed nothing: run \`pulumi up\` to send the password again.`,
          `  ${failed} has failed`,
          "  update failed",
          "Stopped, since batch-1 has failed.",
          `  done: ${canary}, ${wellDone}`,
          `  failed: ${failed}`,
          "  left: crs-q7c2w9ze, crs-t4k8b1ny",
          "Fix the cause, and run this again with the same key. Instances that are done are not reset again.",
        ].sort(),
      );
      expect(await done()).toEqual([canary, wellDone]);
    },
  );

  await step("goes on with what is not done, and with nothing else", async () => {
    const before = fixture.resets;
    const run = await fixture.shell(rotate);
    expect(run.code).toBe(0);
    const [, one = "", other = ""] = instanceIds;
    const lines = printedBy(run).map(withoutIds);
    const failed = lines.includes(`  ${one} is done`) ? one : other;
    const wellDone = failed === one ? other : one;
    expect(lines.sort()).toEqual(
      [
        "canary: 1 of 5 instances",
        "  crs-5a4py64p was done before",
        "batch-1: 2 of 5 instances",
        `  ${wellDone} was done before`,
        `  ${failed} is done`,
        "batch-2: 2 of 5 instances",
        "  crs-q7c2w9ze is done",
        "  crs-t4k8b1ny is done",
        ...[failed, "crs-q7c2w9ze", "crs-t4k8b1ny"].flatMap((instanceId) => [
          `  ${instanceId}: the password will be set`,
          `  ${instanceId}: the password was reset (task …)`,
        ]),
        "All 5 instances are done.",
      ].sort(),
    );
    expect(fixture.resets - before).toBe(3);
    expect(await done()).toEqual(instanceIds);
  });

  await step("resets nothing when all is done", async () => {
    const before = fixture.resets;
    const run = await fixture.shell(rotate);
    expect(printedBy(run).sort()).toEqual(
      [
        ...instanceIds.map((instanceId) => `  ${instanceId} was done before`),
        "canary: 1 of 5 instances",
        "batch-1: 2 of 5 instances",
        "batch-2: 2 of 5 instances",
        "All 5 instances are done.",
      ].sort(),
    );
    expect(fixture.resets).toBe(before);
  });

  await step("says why where a batch cannot even begin", async () => {
    const run = await fixture.shell(rotate.replace(key.REDIS_PASSWORD_KEY, ""));
    expect(run.code).not.toBe(0);
    expect(shown(run)).toContain("REDIS_PASSWORD_KEY is not set");
    expect(shown(run)).toContain("  done: none");
  });
});
