import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import type { Writable } from "node:stream";

import { createClient } from "@redis/client";

/** A real Redis server on a free port of 127.0.0.1, in memory only. */
export interface RedisServer {
  readonly port: number;
  /** Changes `requirepass`; empty means that no password is asked for. Open connections go on. */
  setPassword(password: string): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error when no `redis-server` is on the PATH, or it does not start */
export async function startRedisServer(password: string): Promise<RedisServer> {
  // Between finding a free port and listening on it, another process can take it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await freePort(), password);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/**
 * Starts Redis and ends it when standard input ends, which it also does when this process dies, however it dies.
 * Redis reads its configuration from descriptor 3.
 */
const guard = `
command -v redis-server >/dev/null || exit 127
redis-server - <&3 3<&- &
server=$!
exec 3<&- 4<&0
(read -r _ <&4; kill "$server" 2>/dev/null) &
exec 4<&-
wait "$server"
`;

async function startOn(port: number, initialPassword: string): Promise<RedisServer> {
  let password = initialPassword;
  // In a process group of its own: Ctrl-C is for the cloud, which then stops its servers.
  const process = spawn("sh", ["-c", guard], { stdio: ["pipe", "pipe", "inherit", "pipe"], detached: true });
  const exit = once(process, "exit");
  const lifeline = process.stdio[0] as Writable;
  const configurationPipe = process.stdio[3] as Writable;
  for (const pipe of [lifeline, configurationPipe]) pipe.on("error", () => undefined);
  configurationPipe.end(configuration(port, password));
  process.once("exit", () => lifeline.end());
  await ready(process);
  let administration: Administration | undefined;
  const change = async (next: string): Promise<void> => {
    // One connection for all changes: it stays signed in, whatever the password has become.
    if (!administration?.isReady) administration = await administrate(port, password);
    await administration.configSet("requirepass", next);
    password = next;
  };
  let changes: Promise<void> = Promise.resolve();
  return {
    port,
    setPassword(next) {
      // One after the other, so that the last one counts.
      const changed = changes.then(() => change(next));
      changes = changed.catch(() => undefined);
      return changed;
    },
    async stop() {
      if (administration?.isOpen) administration.destroy();
      lifeline.end();
      await exit;
    },
  };
}

type Administration = Awaited<ReturnType<typeof administrate>>;

const administrate = (port: number, password: string) => clientOf(port, password).connect();

/** Whether the server on a port lets in who comes with this password, by a connection of its own. */
export async function accepts(port: number, password: string): Promise<boolean> {
  const client = clientOf(port, password);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch (error) {
    if (error instanceof Error && /^(WRONGPASS|NOAUTH)/.test(error.message)) return false;
    throw error;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

function clientOf(port: number, password: string) {
  // Many servers that start at once keep a small machine busy for a while.
  const socket = { host: "127.0.0.1", port, connectTimeout: 60_000, reconnectStrategy: false as const };
  return createClient({ socket, ...(password ? { password } : {}) }).on("error", () => undefined);
}

/** Passed through a pipe: the arguments of a process can be read by everybody on the machine. */
function configuration(port: number, password: string): string {
  const folder = quoted(tmpdir());
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    'save ""',
    "appendonly no",
    // Many servers that idle at the usual ten ticks a second keep a small machine busy.
    "hz 1",
    "dynamic-hz no",
    `dir ${folder}`,
    `requirepass ${quoted(password)}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Any text, as Redis reads it in its configuration. */
function quoted(text: string): string {
  return `"${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
}

/** The shell's exit code. */
const commandNotFound = 127;

function ready(process: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    process.stdout?.on("data", (chunk: Buffer) => {
      // Read on for as long as the server lives: a full pipe would stop it.
      if (output.length < 65_536) output += chunk.toString();
      if (output.includes("Ready to accept connections")) resolve();
    });
    process.once("exit", (code) =>
      reject(
        new Error(
          code === commandNotFound
            ? "redis-server is not installed: nothing of that name is on the PATH"
            : `redis-server ended with code ${String(code)}: ${lastLine(output)}`,
        ),
      ),
    );
    process.once("error", reject);
  });
}

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
