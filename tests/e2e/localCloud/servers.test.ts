import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { type CommandResult, findOnPath, runCommand } from "../../../tools/command";
import { kill, until, withDescendants } from "../../../tools/processes";
import { authAccepted } from "../../../tools/redisAuth";
import { localCommand, run, start, stop } from "../support/localCommand";
import { commandLines } from "../support/watch";

let folder: string;
/** Where the data folders are: it has a blank in its name. */
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "local-cloud-"));
  temporary = path.join(folder, "with a blank");
  mkdirSync(temporary);
});
afterEach(() => rmSync(folder, { recursive: true }));

const dataFolders = () => readdirSync(temporary);

const isRedis = /^\S*(redis|valkey)-server /;
const serversOf = ({ pid = 0 }: ChildProcess) =>
  withDescendants(pid).filter(({ commandLine }) => isRedis.test(commandLine));

/** A PATH on which there is a shell script of this name alone. */
function pathWith(name: string, script: string): string {
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, name), script, { mode: 0o755 });
  return bin;
}

/** Runs the command with another PATH, on which Node.js itself need not be. */
const runOn = (PATH: string, args: readonly string[] = []): Promise<CommandResult> =>
  runCommand(process.execPath, [localCommand(), ...args], { env: { TMPDIR: temporary, PATH }, timeoutMs: 5 * 60_000 });

describe("the data of the Redis servers", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "is in a folder for each, which is gone after %s",
    async (signal) => {
      const running = await start(["--instance", "crs-a", "--instance", "crs-b"], { TMPDIR: temporary });
      const other = await start(["--instance", "crs-a"], { TMPDIR: temporary });
      expect(dataFolders()).toHaveLength(3);
      expect(await stop(running.process, signal)).toBe(0);
      expect(dataFolders()).toHaveLength(1);
      expect(await stop(other.process, signal)).toBe(0);
      expect(dataFolders()).toEqual([]);
    },
  );

  it("is deleted also where the command is killed", async () => {
    const { process: running } = await start([], { TMPDIR: temporary });
    const servers = serversOf(running);
    expect(servers).toHaveLength(1);
    running.kill("SIGKILL");
    await until(() => dataFolders().length === 0);
    await until(() => !commandLines().some((line) => line.includes(temporary)));
  });

  it("is no other's: a dump.rdb in the temporary or the working folder is not loaded", async () => {
    // Nothing that Redis can read, so a server that loads it does not start.
    for (const place of [temporary, folder]) writeFileSync(path.join(place, "dump.rdb"), "no dump");
    const child = spawn(localCommand(), [], { cwd: folder, env: { ...process.env, TMPDIR: temporary }, stdio: "pipe" });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain('"endpoint"');
    expect(await stop(child)).toBe(0);
    expect(dataFolders()).toEqual(["dump.rdb"]);
    expect(readFileSync(path.join(folder, "dump.rdb"), "utf8")).toBe("no dump");
  });

  it("may be below a relative TMPDIR", async () => {
    const env = { ...process.env, TMPDIR: "with a blank" };
    const child = spawn(localCommand(), [], { cwd: folder, env, stdio: "pipe" });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain('"endpoint"');
    expect(dataFolders()).toHaveLength(1);
    child.kill("SIGKILL");
    await until(() => dataFolders().length === 0);
  });

  it("needs a temporary folder, and the error says how to name another", async () => {
    const missing = path.join(folder, "missing");
    expect(await run([], { TMPDIR: missing })).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `tencent-redis-local: creating a data folder in ${missing} failed: no such file or directory (ENOENT). ` +
        "Set TMPDIR to a folder that can be written to.\n",
    });
  });
});

describe("a Redis server", () => {
  it("is valkey-server where there is no redis-server", async () => {
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(findOnPath("redis-server") ?? "", path.join(bin, "valkey-server"));
    const child = spawn(process.execPath, [localCommand()], { env: { TMPDIR: temporary, PATH: bin }, stdio: "pipe" });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toContain('"endpoint"');
    expect(await stop(child)).toBe(0);
  });

  it.each([
    [
      "is not installed",
      "other-server",
      "",
      "(exit code 1): neither redis-server nor valkey-server was found on the PATH: install one of them",
    ],
    ["crashes", "redis-server", "echo starting; echo 'out of luck'; exit 3", "(exit code 3): out of luck"],
    ["is killed", "valkey-server", "kill -9 $$", "(signal SIGKILL)"],
    [
      "does not know the configuration",
      "redis-server",
      "echo '*** FATAL CONFIG FILE ERROR ***'; echo 'Bad directive'; echo '>>> '\\''requirepass hush'\\'; exit 1",
      "(exit code 1): Bad directive. Version 6 or later is required.",
    ],
    [
      "is too old",
      "redis-server",
      "echo '1:C 1 Jan 2026 00:00:00.000 # Redis version=5.0.14, bits=64'; echo '* Ready to accept connections'; read -r _",
      ": its version is 5.0.14, and 6 or later is required",
    ],
    [
      "has no processes left",
      "redis-server",
      'echo "Fatal: Can\'t initialize Background Jobs."; exit 1',
      ": the system is out of processes. Raise the limit (`ulimit -u`), or start fewer instances.",
    ],
  ])("that %s is told in one line, and nothing is left", async (_, name, script, reason) => {
    const { code, stdout, stderr } = await runOn(pathWith(name, `#!/bin/sh\n${script}\n`));
    const separator = reason.startsWith("(") ? " " : "";
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: `tencent-redis-local: starting a Redis server failed${separator}${reason}\n`,
    });
    expect(dataFolders()).toEqual([]);
  });

  it("that cannot be started for want of descriptors is told in one line, and nothing is left", async () => {
    const many = Array.from({ length: 40 }, (_, index) => ["--instance", `crs-${index}`]).flat();
    const within = ["sh", "-c", 'ulimit -n 100; exec "$0" "$@"'];
    const env = { ...process.env, TMPDIR: temporary };
    const { code, stdout, stderr } = await runCommand(localCommand(), many, { within, env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^tencent-redis-local: [a-z A-Z]+ failed: this process is out of file descriptors\. Raise the limit \(`ulimit -n`\), or start fewer instances\.\n$/,
    );
    expect(dataFolders()).toEqual([]);
  });

  it("that takes long to start is ended by a signal", async () => {
    const started = path.join(folder, "started");
    const PATH = `${pathWith("redis-server", `#!/bin/sh\n: >'${started}'\nexec sleep 600\n`)}:${process.env.PATH ?? ""}`;
    const child = spawn(localCommand(), [], { env: { PATH, TMPDIR: temporary }, stdio: "ignore" });
    await until(() => readdirSync(folder).includes("started"));
    expect(await stop(child, "SIGINT")).toBe(0);
    await until(() => dataFolders().length === 0);
  });

  it("that is killed is told of, its instance fails, and the others go on", async () => {
    const child = spawn(localCommand(), ["--instance", "crs-a", "--instance", "crs-b"], {
      env: { ...process.env, TMPDIR: temporary, TENCENT_REDIS_LOCAL_PASSWORD: "before-1t" },
      stdio: "pipe",
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { instances } = JSON.parse(line.toString()) as { instances: { instanceId: string; port: number }[] };
    const [killed, other] = instances;
    const server = serversOf(child).find(({ commandLine }) => commandLine.endsWith(`:${killed?.port ?? 0}`));
    kill(server?.id ?? NaN);
    const [said] = (await once(child.stderr, "data")) as [Buffer];
    expect(said.toString()).toBe(
      "tencent-redis-local: the Redis server of crs-a ended (signal SIGKILL): the instance is unreachable from now on\n",
    );
    expect(await authAccepted(other?.port ?? 0, "before-1t")).toBe(true);
    const rest = text(child.stderr);
    expect(await stop(child)).toBe(0);
    expect(await rest).toBe("");
    expect(dataFolders()).toEqual([]);
  });
});

it("a port that is in use is told in one line, and no server is left", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await run(["--port", String(port)], { TMPDIR: temporary })).toEqual({
    code: 1,
    stdout: "",
    stderr:
      `tencent-redis-local: listening on 127.0.0.1:${port} failed: address already in use (EADDRINUSE). ` +
      "Choose another port (`--port`), or 0 for any free one.\n",
  });
  expect(dataFolders()).toEqual([]);
  server.close();
});

it("an output that nobody reads ends the command", async () => {
  const child = spawn(localCommand(), [], { env: { ...process.env, TMPDIR: temporary }, stdio: "pipe" });
  child.stdout.destroy();
  const said = text(child.stderr);
  expect((await once(child, "exit"))[0]).toBe(1);
  expect(await said).toBe(
    "tencent-redis-local: writing to standard output failed: nobody reads it any more (EPIPE).\n",
  );
  expect(dataFolders()).toEqual([]);
});

it("a log that can no longer be written is told once, and the cloud goes on", async () => {
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(localCommand(), ["--log", "/dev/full"], { env, stdio: "pipe" });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const said = text(child.stderr);
  const { endpoint } = JSON.parse(line.toString()) as { endpoint: string };
  for (const action of ["DescribeInstances", "DescribeTaskList"]) {
    expect((await fetch(`${endpoint}?Action=${action}`)).status).toBe(200);
  }
  expect(await stop(child)).toBe(0);
  expect(await said).toBe(
    "tencent-redis-local: writing the log failed: no space left on device (ENOSPC). It ends here.\n",
  );
});

it("no secret is in a command line or in the environment of a Redis server", async () => {
  const secrets = {
    TENCENT_REDIS_LOCAL_PASSWORD: "hush-Passw0rd-1",
    TENCENT_REDIS_LOCAL_SECRET_KEY: "hush-key-1",
    TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "hush-token-1",
  };
  const file = path.join(folder, "password");
  writeFileSync(file, "hush-Passw0rd-2\n");
  const args = ["--instance", "crs-a", "--instance", "crs-b", "--password-file", `crs-b=${file}`];
  const { process: running, first } = await start(args, { ...secrets, TMPDIR: temporary });
  expect(first.secretKey).toBe("hush-key-1");
  expect(await authAccepted(first.instances[0]?.port ?? 0, "hush-Passw0rd-1")).toBe(true);
  expect(await authAccepted(first.instances[1]?.port ?? 0, "hush-Passw0rd-2")).toBe(true);
  expect(commandLines().filter((line) => line.includes("hush-"))).toEqual([]);
  const below = withDescendants(running.pid ?? 0).filter(({ id }) => id !== running.pid);
  expect(below.filter(({ commandLine }) => isRedis.test(commandLine))).toHaveLength(2);
  // Where there is no /proc, nobody else can read it.
  const environments = below.map(({ id }) => readFileIfThere(`/proc/${id}/environ`));
  expect(environments.filter((environment) => environment.includes("hush-"))).toEqual([]);
  await stop(running);
});

function readFileIfThere(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
