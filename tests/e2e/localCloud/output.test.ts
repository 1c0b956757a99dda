import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { text } from "node:stream/consumers";

import { localCommand, run, stop } from "../support/localCommand";
import { useLocalFolder } from "../support/localFolder";

const local = useLocalFolder();

it("reports a port that is in use in one line, and leaves no server running", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await run(["--port", String(port)], { TMPDIR: local.temporary })).toEqual({
    code: 1,
    stdout: "",
    stderr:
      `tencent-redis-local: listening on 127.0.0.1:${port} failed: address already in use (EADDRINUSE). ` +
      "Choose another port with `--port`, or 0 for any free port.\n",
  });
  expect(local.dataFolders()).toEqual([]);
  server.close();
});

it("ends the command when its output is closed", async () => {
  const child = spawn(localCommand(), [], { env: { ...process.env, TMPDIR: local.temporary }, stdio: "pipe" });
  child.stdout.destroy();
  const said = text(child.stderr);
  expect((await once(child, "exit"))[0]).toBe(1);
  expect(await said).toBe(
    "tencent-redis-local: writing to standard output failed: the reader has closed it (EPIPE).\n",
  );
  expect(local.dataFolders()).toEqual([]);
});

it("reports once that the log can no longer be written, and keeps running", async () => {
  const env = { ...process.env, TMPDIR: local.temporary };
  const child = spawn(localCommand(), ["--log", "/dev/full"], { env, stdio: "pipe" });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const said = text(child.stderr);
  const { endpoint } = JSON.parse(line.toString()) as { endpoint: string };
  for (const action of ["DescribeInstances", "DescribeTaskList"]) {
    expect((await fetch(`${endpoint}?Action=${action}`)).status).toBe(200);
  }
  expect(await stop(child)).toBe(0);
  expect(await said).toBe(
    "tencent-redis-local: writing the log failed: no space left on device (ENOSPC). No further requests are logged.\n",
  );
});
