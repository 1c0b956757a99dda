import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

import { type CommandResult, runCommand } from "../../../tools/command";
import { type Process, withDescendants } from "../../../tools/processes";
import { fromSetup } from "./fromSetup";

/** The first line that `tencent-redis-local` prints. */
export interface FirstLine {
  readonly endpoint: string;
  readonly region: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly instances: readonly {
    readonly instanceId: string;
    readonly region: string;
    readonly host: string;
    readonly port: number;
  }[];
}

/** Returns the installed command. */
export const localCommand = (): string =>
  path.join(fromSetup("E2E_INSTALLED"), "node_modules", ".bin", "tencent-redis-local");

const started: ChildProcess[] = [];

// A command must not keep running after a test that has failed.
afterAll(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null && child.signalCode === null) await stop(child);
});

/** Starts the command and reads its first line. @throws Error when the command ends without one */
export async function start(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ process: ChildProcess; first: FirstLine }> {
  const env = { ...process.env, ...environment };
  const child = spawn(localCommand(), args, { stdio: ["ignore", "pipe", "inherit"], env });
  started.push(child);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`tencent-redis-local ended with ${String(code)} before its first line`);
  });
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended])) as [string];
  return { process: child, first: JSON.parse(line) as FirstLine };
}

/** Returns the Redis servers that a running command has started. */
export const findRedisServers = ({ pid = 0 }: ChildProcess): Process[] =>
  withDescendants(pid).filter(({ commandLine }) => /^\S*(redis|valkey)-server /.test(commandLine));

/** Ends a running command, and returns its exit code. */
export async function stop(process: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<unknown> {
  const exit = once(process, "exit");
  process.kill(signal);
  return (await exit)[0];
}

/** Runs the command to its end, with the environment of the tests. */
export const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> =>
  runCommand(localCommand(), args, { env: { ...process.env, ...environment }, timeoutMs: 5 * 60_000 });
