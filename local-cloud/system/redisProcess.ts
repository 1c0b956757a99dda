import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { resolve as resolvePath } from "node:path";
import type { Readable, Writable } from "node:stream";

import { startError } from "./startError";

/** A Redis server that accepts connections. */
export interface RedisProcess {
  /** Resolves with the reason once the server has ended. */
  readonly ended: Promise<string>;
  /** Ends the server and deletes its data folder. */
  stop(): Promise<void>;
}

/**
 * A shell script that starts Redis, and ends it once standard input ends, even if this process is killed. Then it
 * deletes the data folder, its first argument.
 *
 * Redis reads its configuration from descriptor 3. The shell closes its own output, so that the output ends with the
 * server.
 */
const guard = `
exec 2>&1
cd "$1" || exit
for program in redis-server valkey-server none; do
  command -v "$program" >/dev/null && break
done
if [ "$program" = none ]; then
  echo "neither redis-server nor valkey-server was found on the PATH: install one of them"
  exit 1
fi
"$program" - <&3 3<&- &
server=$!
exec 3<&- >/dev/null 2>&1
read -r _
kill "$server"
wait "$server"
status=$?
cd / && rm -rf -- "$1"
exit "$status"
`;

/** How long a server may take to start on a busy machine, in milliseconds. */
const longestStartMs = 60_000;

/**
 * @throws Error with one line if no server is installed, or it does not start. Its code is EADDRINUSE if another
 * process uses the port
 */
export async function startRedisProcess(configuration: (folder: string) => string): Promise<RedisProcess> {
  const folder = createFolder();
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    const { child, lifeline, output, configurationPipe } = await spawnGuard(folder);
    configurationPipe.end(configuration(folder));
    const ended = new Promise<string>((resolve) =>
      child.once("exit", (code, signal) => {
        removeFolder();
        resolve(exitReason(code, signal));
      }),
    );
    output.once("end", () => lifeline.end());
    const stop = async (): Promise<void> => {
      lifeline.end();
      await ended;
    };
    await ready(output, ended).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { ended, stop };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

/** Creates a folder for one server only, because Redis loads any dump.rdb in it. TMPDIR may be relative. */
function createFolder(): string {
  try {
    return mkdtempSync(resolvePath(tmpdir(), "tencent-redis-local-"));
  } catch (error) {
    throw startError(`creating a data folder in ${tmpdir()}`, error, "Set TMPDIR to a folder that can be written to.");
  }
}

const operation = "starting a Redis server";

interface Guard {
  readonly child: ChildProcess;
  /** The server runs until this stream ends. */
  readonly lifeline: Writable;
  readonly output: Readable;
  readonly configurationPipe: Writable;
}

/** Uses a separate process group: Ctrl-C must reach only the cloud, which then stops its servers. */
async function spawnGuard(folder: string): Promise<Guard> {
  const child = spawn("/bin/sh", ["-c", guard, "sh", folder], {
    stdio: ["pipe", "pipe", "ignore", "pipe"],
    detached: true,
  });
  try {
    await once(child, "spawn");
  } catch (error) {
    throw startError(operation, error);
  }
  const lifeline = child.stdio[0] as Writable;
  const configurationPipe = child.stdio[3] as Writable;
  for (const pipe of [lifeline, configurationPipe]) pipe.on("error", () => undefined);
  return { child, lifeline, output: child.stdio[1] as Readable, configurationPipe };
}

/** Resolves once the server accepts connections. */
async function ready(output: Readable, ended: Promise<string>): Promise<void> {
  let text = "";
  const accepting = new Promise<"ready">((resolve) =>
    output.setEncoding("utf8").on("data", (chunk: string) => {
      // The output is read as long as the server runs: a full pipe would block it.
      if (text.length < 65_536) text += chunk;
      if (text.includes("Ready to accept connections")) resolve("ready");
    }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (timer = setTimeout(resolve, longestStartMs, "not ready after 60 s")));
  const outcome = await Promise.race([accepting, ended, late]);
  clearTimeout(timer);
  if (outcome !== "ready") {
    // The port is in the last line that Redis prints, and the reason in the line before.
    const code = text.includes("Address already in use") ? "EADDRINUSE" : undefined;
    throw Object.assign(new Error(failure(outcome, text)), { code });
  }
  const version = /^.*(?:Redis|Valkey) version=((\d+)\.[\d.]+)/m.exec(text);
  if (version && Number(version[2]) < oldestMajor) {
    throw new Error(`${operation} failed: its version is ${version[1] ?? ""}, and ${oldestMajor} or later is required`);
  }
}

/** The first version with the error codes that identify a wrong password. */
const oldestMajor = 6;

function failure(reason: string, output: string): string {
  // The messages of the shell and of Redis.
  if (/Cannot fork|fork: |Can't initialize Background Jobs/i.test(output))
    return startError(operation, { code: "EAGAIN" }).message;
  const advice = output.includes("FATAL CONFIG FILE ERROR") ? `. Version ${oldestMajor} or later is required.` : "";
  // Redis quotes the rejected line of its configuration, which could hold the password.
  const lastLine = output
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith(">>>"))
    .at(-1);
  const said = lastLine === undefined ? "" : `: ${lastLine.replace(logPrefix, "").trim()}`;
  return `${operation} failed (${reason})${said}${advice}`;
}

/** The prefix of each message in Redis's log: the process, the time, the level. */
const logPrefix = /^\d+:[A-Z] .*?\d\d:\d\d:\d\d\.\d+ [#*.-] /;

/** A shell reports a signal as an exit code above 128. */
function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  const [name = signal] = Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - 128) ?? [];
  return name === null ? `exit code ${String(code)}` : `signal ${name}`;
}
