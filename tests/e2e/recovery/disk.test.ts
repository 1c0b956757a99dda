import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";

import { until } from "../../../tools/processes";
import { expectSaid, onStack, upDuring } from "../support/recovery";

/** A separate disk requires a user namespace, which some systems and containers do not permit. */
const disks = spawnSync("unshare", ["--map-root-user", "--mount", "true"]).status === 0 ? describe : describe.skip;

disks("with the backend on a disk (skipped where `unshare --map-root-user --mount` is not permitted)", () => {
  it.each(["full", "read-only"])("that is %s after a successful reset, the next up resets again", (defect) =>
    onStack(async (recovery) => {
      const { fixture, carriedOut } = recovery;
      const script = path.join(__dirname, "..", "support", "brokenDisk.sh");
      const signal = path.join(fixture.folder, `break-${defect}`);
      const backend = path.join(fixture.stack.folder, "backend");
      const within = ["unshare", "--map-root-user", "--mount", "sh", script, backend, defect, signal];
      fixture.cloud.addFault("ResetPassword=task-stuck*1");
      const breakDisk = async () => {
        writeFileSync(signal, "");
        await until(() => existsSync(`${signal}.done`));
        fixture.cloud.clearFaults();
      };
      expectSaid(await upDuring(recovery, breakDisk, { within }), "The state cannot be written");
      const state = path.join(backend, ".pulumi", "stacks", "e2e", "test.json");
      // Pulumi cannot continue: its backup has the previous state.
      if (defect === "full") copyFileSync(`${state}.bak`, state);
      else await fixture.pulumi(["cancel", "--yes"]);
      expect(await recovery.status()).toBe("done");
      expect(await recovery.up()).toMatchObject({ code: 0 });
      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - carriedOut).toBe(2);
    }),
  );
});
