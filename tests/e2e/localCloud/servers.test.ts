import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";

import { type CommandResult, findOnPath, runCommand } from "../../../tools/command";
import { kill, until, withDescendants } from "../../../tools/processes";
import { authAccepted } from "../../../tools/redisAuth";
import { localCommand, start, stop } from "../support/localCommand";
import { commandLines } from "../support/watch";
import { findRedisServers } from "../support/localCommand";
import { useLocalFolder } from "../support/localFolder";

const local = useLocalFolder();

/** Returns a PATH with only a shell script of this name. */
function pathWith(name: string, script: string): string {
  const bin = path.join(local.folder, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, name), script, { mode: 0o755 });
  return bin;
}

/** Runs the command with another PATH, which need not contain Node.js. */
const runOn = (PATH: string, args: readonly string[] = []): Promise<CommandResult> =>
  runCommand(process.execPath, [localCommand(), ...args], {
    env: { TMPDIR: local.temporary, PATH },
    timeoutMs: 5 * 60_000,
  });

describe("a Redis server", () => {
  it("is valkey-server if there is no redis-server", async () => {
    const bin = path.join(local.folder, "bin");
    mkdirSync(bin);
    symlinkSync(findOnPath("redis-server") ?? "", path.join(bin, "valkey-server"));
    const child = spawn(process.execPath, [localCommand()], {
      env: { TMPDIR: local.temporary, PATH: bin },
      stdio: "pipe",
    });
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
  ])("that %s is reported in one line, and nothing is left running", async (_, name, script, reason) => {
    const { code, stdout, stderr } = await runOn(pathWith(name, `#!/bin/sh\n${script}\n`));
    const separator = reason.startsWith("(") ? " " : "";
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: `tencent-redis-local: starting a Redis server failed${separator}${reason}\n`,
    });
    expect(local.dataFolders()).toEqual([]);
  });

  it("that cannot start for lack of file descriptors is reported in one line, and nothing is left running", async () => {
    const many = Array.from({ length: 40 }, (_, index) => ["--instance", `crs-${index}`]).flat();
    const within = ["sh", "-c", 'ulimit -n 100; exec "$0" "$@"'];
    const env = { ...process.env, TMPDIR: local.temporary };
    const { code, stdout, stderr } = await runCommand(localCommand(), many, { within, env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^tencent-redis-local: [a-z A-Z]+ failed: this process is out of file descriptors\. Raise the limit \(`ulimit -n`\), or start fewer instances\.\n$/,
    );
    expect(local.dataFolders()).toEqual([]);
  });

  it("that takes long to start is ended by a signal", async () => {
    const started = path.join(local.folder, "started");
    const PATH = `${pathWith("redis-server", `#!/bin/sh\n: >'${started}'\nexec sleep 600\n`)}:${process.env.PATH ?? ""}`;
    const child = spawn(localCommand(), [], { env: { PATH, TMPDIR: local.temporary }, stdio: "ignore" });
    await until(() => readdirSync(local.folder).includes("started"));
    expect(await stop(child, "SIGINT")).toBe(0);
    await until(() => local.dataFolders().length === 0);
  });

  it("that is killed is reported, its instance fails, and the others keep working", async () => {
    const child = spawn(localCommand(), ["--instance", "crs-a", "--instance", "crs-b"], {
      env: { ...process.env, TMPDIR: local.temporary, TENCENT_REDIS_LOCAL_PASSWORD: "before-1t" },
      stdio: "pipe",
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { instances } = JSON.parse(line.toString()) as { instances: { instanceId: string; port: number }[] };
    const [killed, other] = instances;
    const server = findRedisServers(child).find(({ commandLine }) => commandLine.endsWith(`:${killed?.port ?? 0}`));
    kill(server?.id ?? NaN);
    const [said] = (await once(child.stderr, "data")) as [Buffer];
    expect(said.toString()).toBe(
      "tencent-redis-local: the Redis server of crs-a ended (signal SIGKILL): the instance is unreachable from now on\n",
    );
    expect(await authAccepted(other?.port ?? 0, "before-1t")).toBe(true);
    const rest = text(child.stderr);
    expect(await stop(child)).toBe(0);
    expect(await rest).toBe("");
    expect(local.dataFolders()).toEqual([]);
  });
});

it("no secret is in a command line or in the environment of a Redis server", async () => {
  const secrets = {
    TENCENT_REDIS_LOCAL_PASSWORD: "hush-Passw0rd-1",
    TENCENT_REDIS_LOCAL_SECRET_KEY: "hush-key-1",
    TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "hush-token-1",
  };
  const file = path.join(local.folder, "password");
  writeFileSync(file, "hush-Passw0rd-2\n");
  const args = ["--instance", "crs-a", "--instance", "crs-b", "--password-file", `crs-b=${file}`];
  const { process: running, first } = await start(args, { ...secrets, TMPDIR: local.temporary });
  expect(first.secretKey).toBe("hush-key-1");
  expect(await authAccepted(first.instances[0]?.port ?? 0, "hush-Passw0rd-1")).toBe(true);
  expect(await authAccepted(first.instances[1]?.port ?? 0, "hush-Passw0rd-2")).toBe(true);
  expect(commandLines().filter((line) => line.includes("hush-"))).toEqual([]);
  expect(findRedisServers(running)).toHaveLength(2);
  const below = withDescendants(running.pid ?? 0).filter(({ id }) => id !== running.pid);
  // Without /proc, no other user can read the environment.
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
