import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { withDescendants } from "../tools/processes";

/** Watches the process that a running Pulumi starts as its provider of dynamic resources. Linux tells its greatest memory. */
export class ProviderMemory {
  peakBytes = 0;
  private readonly isOver = new AbortController();

  async watch(pulumiId: number): Promise<void> {
    let providerId: number | undefined;
    while (!this.isOver.signal.aborted) {
      providerId ??= withDescendants(pulumiId).find(({ commandLine }) => isProvider(commandLine))?.id;
      if (providerId !== undefined) this.peakBytes = Math.max(this.peakBytes, peakBytesOf(providerId));
      await pause(providerId === undefined ? 250 : 50);
    }
  }

  stop(): void {
    this.isOver.abort();
  }
}

/** Not the one that only finds out where the provider is, by a line of code. */
const isProvider = (commandLine: string): boolean => /^\S*node\S* (?!-e ).*dynamic-provider/.test(commandLine);

/** 0 where the process is gone. */
function peakBytesOf(processId: number): number {
  const file = `/proc/${processId}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1] ?? 0) * 1024;
}
