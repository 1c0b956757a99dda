import type { CommandResult } from "../../../tools/command";
import { cacheArgs, shown } from "./fixture";

/** What the resource has said of its instance, as Pulumi shows it at the end of each part of a run. */
export function findLines(result: CommandResult, instanceId = cacheArgs.instanceId): string[] {
  return shown(result)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${instanceId}: `))
    .map((line) => line.slice(instanceId.length + 2));
}
