import { type CommandResult, findOnPath, runCommand } from "./command";
import { withProgress } from "./progress";

const packageManagers: readonly {
  readonly command: string;
  readonly steps: readonly string[][];
  readonly root: boolean;
}[] = [
  {
    command: "apt-get",
    steps: [["update"], ["install", "--yes", "--no-install-recommends", "redis-server"]],
    root: true,
  },
  { command: "apk", steps: [["add", "redis"]], root: true },
  { command: "dnf", steps: [["install", "--assumeyes", "redis"]], root: true },
  { command: "brew", steps: [["install", "redis"]], root: false },
];

/**
 * Ensures that `redis-server` is on the PATH, and installs it with the system's package manager if permitted.
 *
 * @throws Error with one line on what to install
 */
export async function ensureRedisServer(): Promise<void> {
  if (findOnPath("redis-server")) return;
  const isRoot = process.getuid?.() === 0;
  const manager = packageManagers.find(({ command, root }) => findOnPath(command) && (isRoot || !root));
  if (!manager) throw new Error("Redis is needed and not installed: install the package redis-server (or redis)");
  const failed = await withProgress(`Installing a Redis server with ${manager.command}`, "about a minute", () =>
    runAll(manager.command, manager.steps),
  );
  if (failed) throw new Error(`Redis could not be installed with ${manager.command}: ${lastLine(failed.stderr)}`);
}

async function runAll(command: string, steps: readonly string[][]): Promise<CommandResult | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const step of steps) {
    const result = await runCommand(command, step, { env, timeoutMs: 10 * 60_000 });
    if (result.code !== 0) return result;
  }
  return undefined;
}

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";
