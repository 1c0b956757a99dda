import type { Regions } from "../model/regions";
import type { Faults } from "./faults";

/** Removes all faults, and ends their lasting effects: instances are normal again, and stuck tasks continue. */
export function clearFaults({ faults, regions }: { readonly faults: Faults; readonly regions: Regions }): void {
  faults.clear();
  for (const { instances, tasks } of regions.values()) {
    for (const { condition } of instances.values()) condition.clear();
    tasks.releaseStuck();
  }
}
