import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { CommandOptions } from "../../../tools/command";
import { type Process, kill, until, withDescendants } from "../../../tools/processes";
import { Recovery, expectSaid, timeoutSeconds } from "../support/recovery";

let recovery: Recovery;
let before: number;

beforeAll(async () => {
  recovery = await Recovery.create();
});
afterAll(() => recovery.fixture.dispose());
beforeEach(() => {
  before = recovery.carriedOut;
});

/** Runs an up to another password, and does something once its reset is sent. */
async function upDuring(
  during: (engine: number) => unknown,
  environment: NodeJS.ProcessEnv = {},
  options: Omit<CommandOptions, "onStart"> = {},
) {
  let engine = 0;
  const resets = recovery.fixture.resets;
  const running = recovery.upToAnother([], environment, { ...options, onStart: (id) => (engine = id) });
  await until(() => recovery.fixture.resets > resets);
  await during(engine);
  const up = await running;
  recovery.fixture.cloud.clearFaults();
  return up;
}

describe("Ctrl-C while a reset is waited for", () => {
  it.each([
    { operation: "update", taskSeconds: 2, status: "done" },
    { operation: "creation", taskSeconds: 2, status: "done" },
    { operation: "update", taskSeconds: timeoutSeconds + 2, status: "pending" },
    { operation: "creation", taskSeconds: timeoutSeconds + 2, status: "pending" },
  ])(
    "at $operation, $taskSeconds s before it is set: $status is recorded",
    async ({ operation, taskSeconds, status }) => {
      const { fixture } = recovery;
      if (operation === "creation") await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);
      fixture.cloud.addFault(`ResetPassword=task-slow:${taskSeconds}*1`);
      const up = await upDuring((engine) => process.kill(engine, "SIGINT"));
      expectSaid(up, status === "done" ? "The run was interrupted" : "The reset takes too long");
      expect(await recovery.status()).toBe(status);
      expect(await recovery.up()).toMatchObject({ code: 0 });
      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - before).toBe(1);
    },
  );

  it("twice ends the run as a kill does: the next up sends the password again", async () => {
    recovery.fixture.cloud.addFault("ResetPassword=task-stuck*1");
    let processes: readonly Process[] = [];
    let isTerminating = false;
    const onLine = (line: string) => (isTerminating ||= line.includes("^C received; terminating"));
    const up = await upDuring(
      async (engine) => {
        processes = withDescendants(engine);
        // The CLI drops a signal that arrives while it handles the one before.
        await until(() => {
          kill(engine, "SIGINT");
          return isTerminating;
        });
      },
      {},
      { onLine },
    );
    expect(isTerminating).toBe(true);
    for (const { id } of processes) kill(id);
    expect(up.code).not.toBe(0);
    expect(await recovery.up()).toMatchObject({ code: 0 });
    await recovery.expectGoodEnd();
    expect(recovery.carriedOut - before).toBe(2);
  });
});

describe("with this machine's clock off", () => {
  it.each([
    ["10 minutes ahead", 600],
    ["10 minutes behind", -600],
  ])("by %s nothing is sent that the service would take, and it is said by how much", async (_, seconds) => {
    const clock = path.join(recovery.fixture.folder, "clock.cjs");
    writeFileSync(
      clock,
      `const now = Date.now, Real = Date;
       globalThis.Date = class extends Real { constructor(...a) { if (a.length) super(...a); else super(Date.now()); } };
       Date.now = () => now() + ${seconds} * 1000;`,
    );
    const up = await recovery.upToAnother([], { NODE_OPTIONS: `--require ${clock}` });
    expectSaid(up, "This machine's clock is wrong");
    expect(await recovery.status()).toBe("done");
    expect(await recovery.up()).toMatchObject({ code: 0 });
    await recovery.expectGoodEnd();
    expect(recovery.carriedOut - before).toBe(1);
  });
});

/** A disk of its own takes a user namespace, which some systems and containers do not permit. */
const disks = spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0 ? describe : describe.skip;

disks("with the backend on a disk (skipped where `unshare --map-root-user --mount` is not permitted)", () => {
  it.each(["full", "read-only"])("that is %s when the reset has succeeded", async (defect) => {
    const { fixture } = recovery;
    const script = path.join(__dirname, "..", "support", "brokenDisk.sh");
    const signal = path.join(fixture.folder, `break-${defect}`);
    const backend = path.join(fixture.stack.folder, "backend");
    const within = ["unshare", "--map-root-user", "--mount", "sh", script, backend, defect, signal];
    fixture.cloud.addFault("ResetPassword=task-slow:2*1");
    const up = await upDuring(
      async () => {
        writeFileSync(signal, "");
        await until(() => existsSync(`${signal}.done`));
      },
      {},
      { within },
    );
    expectSaid(up, "The state cannot be written");
    const state = path.join(backend, ".pulumi", "stacks", "e2e", "test.json");
    // Pulumi has nothing left to go on with: what it had before is in its backup.
    if (defect === "full") copyFileSync(`${state}.bak`, state);
    else await fixture.pulumi(["cancel", "--yes"]);
    expect(await recovery.status()).toBe("done");
    expect(await recovery.up()).toMatchObject({ code: 0 });
    await recovery.expectGoodEnd();
    expect(recovery.carriedOut - before).toBe(2);
  });
});
