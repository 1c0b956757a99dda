import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { withDescendants } from "../../tools/processes";

/** Tracks the peak memory of the provider process that a running Pulumi starts. Linux only. */
export class ProviderMemory {
  peakBytes = 0;
  private readonly isOver = new AbortController();

  async watch(pulumiId: number): Promise<void> {
    let providerId: number | undefined;
    while (!this.isOver.signal.aborted) {
      providerId ??= withDescendants(pulumiId).find(({ commandLine }) => isProvider(commandLine))?.id;
      if (providerId !== undefined) this.peakBytes = Math.max(this.peakBytes, readPeakBytes(providerId));
      await pause(providerId === undefined ? 250 : 50);
    }
  }

  stop(): void {
    this.isOver.abort();
  }
}

/** `node -e` also has the dynamic provider among its arguments, but only looks up its path. */
const isProvider = (commandLine: string): boolean =>
  /^\S*node\S* (?!-e ).*(?:dynamic-provider|pulumi-resource-tencentcloud-redis)/.test(commandLine);

/** Returns 0 if the process has ended. */
function readPeakBytes(processId: number): number {
  const file = `/proc/${processId}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1] ?? 0) * 1024;
}
