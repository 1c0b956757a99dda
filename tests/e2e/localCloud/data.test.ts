import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { until } from "../../../tools/processes";
import { localCommand, run, start, stop } from "../support/localCommand";
import { commandLines } from "../support/watch";
import { findRedisServers } from "../support/localCommand";
import { useLocalFolder } from "../support/localFolder";

const local = useLocalFolder();

describe("the data of the Redis servers", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "is in separate folders, which are deleted after %s",
    async (signal) => {
      const running = await start(["--instance", "crs-a", "--instance", "crs-b"], { TMPDIR: local.temporary });
      const other = await start(["--instance", "crs-a"], { TMPDIR: local.temporary });
      expect(local.dataFolders()).toHaveLength(3);
      expect(await stop(running.process, signal)).toBe(0);
      expect(local.dataFolders()).toHaveLength(1);
      expect(await stop(other.process, signal)).toBe(0);
      expect(local.dataFolders()).toEqual([]);
    },
  );

  it("is deleted even if the command is killed", async () => {
    const { process: running } = await start([], { TMPDIR: local.temporary });
    const servers = findRedisServers(running);
    expect(servers).toHaveLength(1);
    running.kill("SIGKILL");
    await until(() => local.dataFolders().length === 0);
    await until(() => !commandLines().some((line) => line.includes(local.temporary)));
  });

  it("is never loaded from elsewhere: a dump.rdb in the temporary or the working folder is ignored", async () => {
    // Not a valid file, so a server that loads it does not start.
    for (const place of [local.temporary, local.folder]) writeFileSync(path.join(place, "dump.rdb"), "no dump");
    const child = spawn(localCommand(), [], {
      cwd: local.folder,
      env: { ...process.env, TMPDIR: local.temporary },
      stdio: "pipe",
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain('"endpoint"');
    expect(await stop(child)).toBe(0);
    expect(local.dataFolders()).toEqual(["dump.rdb"]);
    expect(readFileSync(path.join(local.folder, "dump.rdb"), "utf8")).toBe("no dump");
  });

  it("may be below a relative TMPDIR", async () => {
    const env = { ...process.env, TMPDIR: "with a blank" };
    const child = spawn(localCommand(), [], { cwd: local.folder, env, stdio: "pipe" });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain('"endpoint"');
    expect(local.dataFolders()).toHaveLength(1);
    child.kill("SIGKILL");
    await until(() => local.dataFolders().length === 0);
  });

  it("needs a temporary folder, and the error says how to set another one", async () => {
    const missing = path.join(local.folder, "missing");
    expect(await run([], { TMPDIR: missing })).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `tencent-redis-local: creating a data folder in ${missing} failed: no such file or directory (ENOENT). ` +
        "Set TMPDIR to a folder that can be written to.\n",
    });
  });
});
