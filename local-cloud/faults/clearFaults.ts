import type { Cloud } from "../server/admit";

/** Forgets all faults, and ends what lasts of those that have applied: instances are normal, stuck tasks go on. */
export function clearFaults({ faults, regions }: Cloud): void {
  faults.clear();
  for (const { instances, tasks } of regions.values()) {
    for (const { condition } of instances.values()) condition.clear();
    tasks.releaseStuck();
  }
}
