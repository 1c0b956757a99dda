import type { CommandResult } from "../../../tools/command";
import { cacheArgs, shown } from "./fixture";

/** Returns the resource's lines about its instance, as Pulumi shows them at the end of each part of a run. */
export function findLines(result: CommandResult, instanceId = cacheArgs.instanceId): string[] {
  return shown(result)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${instanceId}: `))
    .map((line) => line.slice(instanceId.length + 2));
}
