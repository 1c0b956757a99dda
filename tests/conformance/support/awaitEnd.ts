import { setTimeout as sleep } from "node:timers/promises";

import { patienceMs } from "../../protocol/support/patience";
import type { Outcome } from "./sdkProcess";

/** Returns the service's description of a task once it has ended. */
export async function awaitEnd(describeTask: () => Promise<Outcome>): Promise<Outcome["answer"]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { answer, error } = await describeTask();
    const isRunning = !error && ["preparing", "running"].includes(String(answer?.Status));
    if (!isRunning || Date.now() > deadline) return answer ?? { ...error };
    await sleep(20);
  }
}
