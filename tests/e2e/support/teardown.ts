import { rmSync } from "node:fs";

import { fromSetup } from "./fromSetup";

/** Removes what the global setup has installed. */
export default function teardown(): void {
  rmSync(fromSetup("E2E_INSTALLED"), { recursive: true, force: true });
}
