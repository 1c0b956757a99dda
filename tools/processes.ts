import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

export interface Process {
  readonly id: number;
  readonly commandLine: string;
}

/** Returns a process and all of its descendants, while the process is running. */
export function withDescendants(id: number): Process[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="]).toString().trim().split("\n");
  const all = lines.map((line) => {
    const [, processId, parentId, commandLine = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { id: Number(processId), parentId: Number(parentId), commandLine };
  });
  const below = (parentId: number): Process[] =>
    all.filter((process) => process.parentId === parentId).flatMap((process) => [process, ...below(process.id)]);
  return [...all.filter((process) => process.id === id), ...below(id)];
}

/** Sends a process a signal, by default one that ends it at once. Does nothing if the process has already ended. */
export function kill(id: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Waits for a condition that other processes bring about. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 3 * 60_000;
  while (!condition()) {
    await pause(10);
    if (Date.now() > end) throw new Error(`waited in vain until ${condition.toString()}`);
  }
}
